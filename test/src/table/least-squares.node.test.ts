import MLR from "ml-regression-multivariate-linear";
import { RandomStream } from "rivulet";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/table/encode.ts";
import { fitLinear, predictLinear } from "../../../src/table/least-squares.ts";
import { range } from "./columns.ts";

const matrix = (rows: readonly (readonly number[])[]): Matrix => ({
  values: Float32Array.from(rows.flat()),
  shape: [rows.length, rows[0]?.length ?? 0],
});

/** Multiples of 1/64 in (−2, 2), exact in float32. */
function numbersOf(seed: number): () => number {
  const random = new RandomStream(seed, "numbers");
  return () => Math.round((random.uniform() * 4 - 2) * 64) / 64;
}

const table = (seed: number, rows: number, columns: number) => {
  const draw = numbersOf(seed);
  return range(rows).map(() => range(columns).map(draw));
};

describe("fitLinear", () => {
  it("finds the line that the rows lie on", async () => {
    const x = table(1, 30, 3);
    const y = x.map(([a = 0, b = 0, c = 0]) => [2 * a - b + 0.5 * c + 7, -a]);
    const { weights, intercepts } = await fitLinear({ x: matrix(x), y: matrix(y) });
    // 1e-10: float64 sums of exact numbers.
    for (const [index, weight] of [2, -1, -1, 0, 0.5, 0].entries()) expect(weights[index]).toBeCloseTo(weight, 10);
    for (const [index, intercept] of [7, 0].entries()) expect(intercepts[index]).toBeCloseTo(intercept, 10);
  });

  it("agrees with another library where there is noise", async () => {
    const x = table(2, 50, 4);
    const y = table(3, 50, 2);
    const fitted = await fitLinear({ x: matrix(x), y: matrix(y) });
    const other = new MLR(x, y);
    const expected = other.predict(x).flat();
    for (const [index, value] of predictLinear(fitted, matrix(x)).entries()) {
      expect(value).toBeCloseTo(expected[index] ?? NaN, 10);
    }
  });

  it("takes the smallest weights where columns are collinear", async () => {
    const x = table(4, 40, 2).map(([a = 0, b = 0]) => [a, a, b, -b, 1]);
    const y = x.map(([a = 0, , b = 0]) => [2 * a + 4 * b + 1]);
    const { weights, intercepts } = await fitLinear({ x: matrix(x), y: matrix(y) });
    for (const [index, weight] of [1, 1, 2, -2, 0].entries()) expect(weights[index]).toBeCloseTo(weight, 8);
    expect(intercepts[0]).toBeCloseTo(1, 8);
  });

  it("goes through the points where there are fewer rows than inputs", async () => {
    const x = table(5, 4, 9);
    const y = table(6, 4, 1);
    const predictions = predictLinear(await fitLinear({ x: matrix(x), y: matrix(y) }), matrix(x));
    for (const [row, [target = NaN]] of y.entries()) expect(predictions[row]).toBeCloseTo(target, 8);
  });

  it("gives the mean where an input never changes", async () => {
    const { weights, intercepts } = await fitLinear({ x: matrix([[3], [3], [3]]), y: matrix([[1], [2], [6]]) });
    expect([...weights, ...intercepts]).toEqual([0, 3]);
  });
});
