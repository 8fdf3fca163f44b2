import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classNames, curveNames, inputsOf, makePoints } from "../../../../../examples/lab/fit-a-curve/data/datasets.ts";
import {
  decodePoints,
  encodePoints,
  isEncodedPoints,
  mostPoints,
} from "../../../../../examples/lab/fit-a-curve/data/encode-points.ts";
import { edge, rounded } from "../../../../../examples/lab/fit-a-curve/data/point.ts";
import { gridOf, isForValidation, rowsOf } from "../../../../../examples/lab/fit-a-curve/data/rows.ts";

const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
const anyPoint = fc.record({ x: coordinate, y: coordinate, group: fc.constantFrom(0 as const, 1 as const) });

describe("points in a link", () => {
  it("come back as they were rounded, whatever they are", () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { maxLength: 20 }), (points) => {
        const kept = points.map(rounded);
        const text = encodePoints(kept);
        expect(isEncodedPoints(text)).toBe(true);
        expect(text).toHaveLength(4 * points.length);
        expect(decodePoints(text)).toEqual(kept);
      }),
    );
  });

  it("lie within a thousandth of where they were, and inside the chart", () => {
    fc.assert(
      fc.property(anyPoint, (point) => {
        const { x, y } = rounded(point);
        const inside = (value: number) => Math.min(edge, Math.max(-edge, value));
        // Half of a level: 1.1 / 2047, and half that for y.
        expect(Math.abs(x - inside(point.x))).toBeLessThan(0.00054);
        expect(Math.abs(y - inside(point.y))).toBeLessThan(0.00027);
      }),
    );
  });

  it.each(["AAA", "AAA*", "AAAAA", "AAAA".repeat(mostPoints + 1)])("are not read from %s", (text) => {
    expect(isEncodedPoints(text)).toBe(false);
  });
});

describe("the data that there is", () => {
  it.each([...curveNames, ...classNames])("%s is always the same, inside the chart, and fits in a link", (name) => {
    const points = makePoints(name);
    expect(makePoints(name)).toEqual(points);
    expect(points.length).toBeLessThanOrEqual(mostPoints);
    expect(decodePoints(encodePoints(points))).toEqual(points);
    expect(points.filter(({ x, y }) => Math.abs(x) >= edge || Math.abs(y) >= edge)).toEqual([]);
    const groups = new Set(points.map(({ group }) => group));
    expect(groups.size).toBe(inputsOf(name));
  });

  it("is the same on every machine", () => {
    const first = (name: "sine" | "spirals") => encodePoints(makePoints(name).slice(0, 3));
    expect([first("sine"), first("spirals")]).toEqual(["eiLoFJqQB81k", "F0QG8leDDvSr"]);
  });
});

describe("what is trained and validated on", () => {
  it("is four fifths and a fifth, told apart by place", () => {
    const points = Array.from({ length: 10 }, (_, index) => ({ x: index / 10, y: -index / 10, group: 0 as const }));
    const { training, validation } = rowsOf(points, 1);
    expect(training.count).toBe(8);
    expect(validation?.x).toEqual(Float32Array.of(0.4, 0.9));
    expect(validation?.y).toEqual(Float32Array.of(-0.4, -0.9));
    expect(points.filter((_, index) => isForValidation(index, 10))).toHaveLength(2);
  });

  it("is all for training where points are few", () => {
    const points = Array.from({ length: 9 }, () => ({ x: 0, y: 0, group: 0 as const }));
    expect(rowsOf(points, 1)).toMatchObject({ training: { count: 9 }, validation: undefined });
  });

  it("has two inputs and a class, or an input and a height", () => {
    const point = { x: 0.5, y: 0.25, group: 1 } as const;
    expect(rowsOf([point], 2).training).toEqual({ count: 1, x: Float32Array.of(0.5, 0.25), y: Float32Array.of(1) });
    expect(rowsOf([point], 1).training).toEqual({ count: 1, x: Float32Array.of(0.5), y: Float32Array.of(0.25) });
  });

  it("is looked at over all of the chart: of two inputs row by row from the top left", () => {
    const line = gridOf(1);
    expect([line[0], line.at(-1)]).toEqual([Math.fround(-edge), Math.fround(edge)]);
    const plane = gridOf(2);
    expect(plane).toHaveLength(2 * 45 * 45);
    expect(plane.slice(0, 2)).toEqual(Float32Array.of(-edge, edge));
    expect(plane.slice(2, 4)).toEqual(Float32Array.of(-edge + (2 * edge) / 44, edge));
    expect(plane.slice(-2)).toEqual(Float32Array.of(edge, -edge));
  });
});
