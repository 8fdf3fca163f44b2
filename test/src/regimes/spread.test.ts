import { describe, expect, it } from "vitest";
import { spreadOf } from "../../../src/regimes/spread.ts";

describe("the spread of runs", () => {
  it("has median and quartiles", async () => {
    expect(await spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, lower: 2, upper: 4, least: 1, largest: 5, count: 5 });
    expect(await spreadOf([3, 1, 2])).toEqual({ median: 2, lower: 1.5, upper: 2.5, least: 1, largest: 3, count: 3 });
    expect(await spreadOf([7])).toEqual({ median: 7, lower: 7, upper: 7, least: 7, largest: 7, count: 1 });
  });

  it("says nothing of no runs, and null for what is infinite", async () => {
    expect(await spreadOf([])).toBeNull();
    expect(await spreadOf([Infinity, 1, 2])).toEqual({
      median: 2,
      lower: 1.5,
      upper: null,
      least: 1,
      largest: null,
      count: 2,
    });
    expect((await spreadOf([Infinity, 1, Infinity]))?.median).toBeNull();
  });
});
