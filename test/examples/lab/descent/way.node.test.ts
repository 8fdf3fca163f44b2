import { describe, expect, it } from "vitest";
import { Way } from "../../../../examples/lab/descent/way.ts";

const marksOf = (path: string | undefined) => path?.split(/[ML]/).slice(1) ?? [];

describe("a way that is drawn", () => {
  it("grows from step to step", () => {
    const way = new Way([
      [0, 0],
      [10.04, 5],
      [20, 7.56],
    ]);
    expect(way.first(0)).toBeUndefined();
    expect(way.first(1)).toEqual({ line: "M0.0 0.0", marks: "M0.0 0.0", last: [0, 0] });
    expect(way.first(2)).toEqual({ line: "M0.0 0.0L10.0 5.0", marks: "M0.0 0.0L10.0 5.0", last: [10.04, 5] });
    expect(way.first(9)?.line).toBe("M0.0 0.0L10.0 5.0L20.0 7.6");
  });

  it("has sixty marks at most, at every second stop, every third and so on", () => {
    const way = new Way(Array.from({ length: 1001 }, (_, index) => [index, 0] as const));
    expect(marksOf(way.first(60)?.marks)).toHaveLength(60);
    expect(marksOf(way.first(61)?.marks).slice(0, 3)).toEqual(["0.0 0.0", "2.0 0.0", "4.0 0.0"]);
    for (let count = 1; count <= 1001; count += 50) {
      expect(marksOf(way.first(count)?.marks).length).toBeLessThanOrEqual(60);
      expect(marksOf(way.first(count)?.line)).toHaveLength(count);
    }
  });

  it("goes through a place once where a descent stays there", () => {
    const arrived = Array.from({ length: 500 }, () => [3, 4] as const);
    expect(new Way([[1, 2], ...arrived]).first(501)).toEqual({
      line: "M1.0 2.0L3.0 4.0",
      marks: "M1.0 2.0L3.0 4.0",
      last: [3, 4],
    });
  });

  it("leaves out what is no number", () => {
    const way = new Way([
      [1, 2],
      [NaN, 2],
      [3, Infinity],
    ]);
    expect(way.first(3)).toEqual({ line: "M1.0 2.0", marks: "M1.0 2.0", last: [1, 2] });
    expect(new Way([[NaN, NaN]]).first(1)).toBeUndefined();
  });
});
