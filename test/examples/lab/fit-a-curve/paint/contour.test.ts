import { describe, expect, it } from "vitest";
import { levelLine } from "../../../../../examples/lab/fit-a-curve/paint/contour.ts";

describe("the line of a level", () => {
  it("goes through between the numbers on both sides of it", () => {
    // Rows of a 3 × 3 grid, each −1, 0, 3: it crosses 1 a third of the way from 0 to 3.
    const x = expect.closeTo(1 + 1 / 3, 10) as number;
    expect(levelLine([-1, 0, 3, -1, 0, 3, -1, 0, 3], 3, 1)).toEqual([
      [x, 0, x, 1],
      [x, 1, x, 2],
    ]);
  });

  it("is two lines at a saddle", () => {
    expect(levelLine([1, -1, -1, 1], 2, 0)).toEqual([
      [0.5, 0, 1, 0.5],
      [0.5, 1, 0, 0.5],
    ]);
  });

  it("is not there where all is on one side", () => {
    expect(levelLine([1, 2, 3, 4], 2, 0)).toEqual([]);
  });
});
