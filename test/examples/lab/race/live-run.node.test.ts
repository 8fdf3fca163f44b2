import type { CurvePoint } from "rivulet";
import { describe, expect, it } from "vitest";
import { withPoints } from "../../../../examples/lab/race/live-run.ts";

const lane = { batchSize: 32, momentum: 0.9, repeat: 0 } as const;

const point = (steps: number, seconds: number): CurvePoint => {
  return {
    epochs: steps / 8,
    steps,
    samples: 32 * steps,
    seconds,
    trainingLoss: 1 / (1 + steps),
    validationLoss: null,
  };
};

describe("a run that is on", () => {
  it("grows by the points that come, column by column", () => {
    const begun = withPoints(undefined, lane, [point(0, 0)]);
    expect(withPoints(begun, lane, [point(1, 0.1), point(3, 0.3)])).toEqual({
      ...lane,
      curve: {
        epochs: [0, 0.125, 0.375],
        steps: [0, 1, 3],
        samples: [0, 32, 96],
        seconds: [0, 0.1, 0.3],
        trainingLoss: [1, 0.5, 0.25],
        validationLoss: null,
      },
    });
  });

  it("begins anew with another lane, and with another repeat", () => {
    const before = withPoints(undefined, lane, [point(0, 0), point(1, 1)]);
    for (const other of [
      { ...lane, repeat: 1 },
      { ...lane, batchSize: "full" as const },
      { ...lane, momentum: null },
    ]) {
      expect(withPoints(before, other, [point(0, 0)]).curve.steps).toEqual([0]);
    }
  });

  it("never goes back in time: the first steps' seconds are too many until others are known", () => {
    const begun = withPoints(undefined, lane, [point(0, 0), point(2, 0.5)]);
    expect(withPoints(begun, lane, [point(4, 0.1), point(6, 0.15)]).curve.seconds).toEqual([0, 0.1, 0.1, 0.15]);
  });
});
