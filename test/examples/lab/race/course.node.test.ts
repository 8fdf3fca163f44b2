import type { Curve } from "rivulet";
import { describe, expect, it } from "vitest";
import { extentOf, momentAt, standingAt } from "../../../../examples/lab/race/course.ts";
import { lossRange } from "../../../../examples/lab/race/loss-range.ts";
import { way } from "../../../../examples/lab/race/way.ts";

const curve: Curve = {
  epochs: [0, 1, 2, 4],
  steps: [0, 8, 16, 32],
  samples: [0, 256, 512, 1024],
  seconds: [0, 0.1, 0.3, 0.5],
  trainingLoss: [4, 2, 1, 0.5],
  validationLoss: null,
};
const path = { x: [0, 1, 2, 3], y: [0, 10, 20, 40] };
const nothing: Curve = { epochs: [], steps: [], samples: [], seconds: [], trainingLoss: [], validationLoss: null };

describe("where a run stands", () => {
  it("is its start before anything", () => {
    expect(standingAt(curve, path, "epochs", 0)).toEqual({ points: 1, value: 0, loss: 4, x: 0, y: 0, isOver: false });
  });

  it("lies in a straight line between two points", () => {
    expect(standingAt(curve, path, "epochs", 1.5)).toEqual({
      points: 2,
      value: 1.5,
      loss: 1.5,
      x: 1.5,
      y: 15,
      isOver: false,
    });
    // A quarter of the way from 0.1 to 0.3 seconds, in binary fractions that are not exact.
    expect(standingAt(curve, path, "seconds", 0.15)?.loss).toBeCloseTo(1.75, 12);
    expect(standingAt(curve, null, "steps", 24)).toMatchObject({ points: 3, loss: 0.75, x: undefined });
  });

  it("is a point where it has come to one", () => {
    expect(standingAt(curve, path, "steps", 16)).toMatchObject({ points: 3, loss: 1, x: 2, y: 20 });
  });

  it("is its end from there on", () => {
    const end = { points: 4, value: 4, loss: 0.5, x: 3, y: 40, isOver: true };
    expect(standingAt(curve, path, "epochs", 4)).toEqual(end);
    expect(standingAt(curve, path, "epochs", 9)).toEqual(end);
  });

  it("has no loss where it ran away", () => {
    const diverged = { ...curve, trainingLoss: [4, 2, 9, null] };
    expect(standingAt(diverged, null, "epochs", 2)).toMatchObject({ loss: 9 });
    expect(standingAt(diverged, null, "epochs", 3)).toMatchObject({ loss: null, isOver: false });
    expect(standingAt(diverged, null, "epochs", 4)).toMatchObject({ loss: null, isOver: true });
  });

  it("is nowhere where nothing was measured", () => {
    expect(standingAt(nothing, null, "epochs", 1)).toBeUndefined();
  });
});

describe("an axis", () => {
  const short = { ...curve, seconds: [0, 0.01, 0.02, 0.04] };

  it("reaches as far as the longest run", () => {
    expect(extentOf([short, curve], "seconds", false)).toEqual({ least: 0, most: 0.5 });
    expect(extentOf([], "epochs", false)).toEqual({ least: 0, most: 1 });
  });

  it("begins at the first point after the start where it is logarithmic", () => {
    expect(extentOf([short, curve], "seconds", true)).toEqual({ least: 0.01, most: 0.5 });
    expect(extentOf([nothing], "seconds", true)).toEqual({ least: 1, most: 10 });
  });

  it("is gone along evenly, on a logarithmic one by ratios", () => {
    expect(momentAt(0.5, { least: 0, most: 30 }, false)).toBe(15);
    // A power and a root: rounding of the last bits.
    expect(momentAt(0.5, { least: 0.01, most: 1 }, true)).toBeCloseTo(0.1, 12);
    expect(momentAt(0, { least: 0.01, most: 1 }, true)).toBe(0);
    expect(momentAt(1, { least: 0.01, most: 1 }, true)).toBe(1);
  });
});

describe("the losses that are drawn", () => {
  it("begin at 0, or below the lowest where they are logarithmic", () => {
    expect(lossRange([curve], false)).toEqual({ least: 0, most: 1.1 * 4 });
    expect(lossRange([curve], true)).toEqual({ least: 0.8 * 0.5, most: 1.2 * 4 });
  });

  it("end not far above the start, however far one ran away", () => {
    const diverged = { ...curve, trainingLoss: [4, 400, 1e30, null] };
    expect(lossRange([curve, diverged], false).most).toBe(1.1 * 4);
    expect(lossRange([curve, diverged], true).most).toBe(5 * 4);
  });

  it("are some where there are none", () => {
    expect(lossRange([], false)).toEqual({ least: 0, most: 1 });
    expect(lossRange([nothing], true)).toEqual({ least: 0.01, most: 1 });
  });
});

describe("a way", () => {
  it("goes from place to place", () => {
    expect(
      way([
        [0, 1],
        [2.25, 3],
      ]),
    ).toBe("M0.0 1.0L2.3 3.0");
  });

  it("breaks where there is no place, and goes no further out than can be seen", () => {
    expect(
      way([
        [0, 0],
        [NaN, 1],
        [1e9, -1e9],
        [3, 3],
      ]),
    ).toBe("M0.0 0.0M10000.0 -10000.0L3.0 3.0");
  });
});
