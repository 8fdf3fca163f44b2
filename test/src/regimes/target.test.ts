import { describe, expect, it } from "vitest";
import { notRun } from "../../../src/regimes/run-all.ts";
import { targetOf } from "../../../src/regimes/target.ts";

const withLosses = (trainingLoss: readonly (number | null)[]) => ({
  ...notRun,
  curve: { ...notRun.curve, trainingLoss },
});

describe("the target", () => {
  it("is the loss asked for, else the problem's own", () => {
    expect(targetOf(0.5, 0.1, [])).toEqual({ loss: 0.5, from: "asked" });
    expect(targetOf(undefined, 0.1, [])).toEqual({ loss: 0.1, from: "problem" });
  });

  it("lies else where nine tenths of the deepest fall are done", () => {
    const outcomes = [
      withLosses([10, 4]),
      withLosses([8, 3, 0]),
      withLosses([9, null]),
      withLosses([1, 2]),
      withLosses([]),
    ];
    // The second falls by 8, the deepest: 8 − 0.9 · 8. 1e-12 for float64.
    const { loss, from } = targetOf(undefined, undefined, outcomes);
    expect(loss).toBeCloseTo(0.8, 12);
    expect(from).toBe("best run");
  });

  it("is nowhere where nothing fell", () => {
    expect(targetOf(undefined, undefined, [withLosses([1, 2])])).toEqual({ loss: null, from: "best run" });
  });
});
