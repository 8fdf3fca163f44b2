import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { r2Score } from "../../../src/metrics/r2.ts";
import { rootMeanSquaredError } from "../../../src/metrics/root-mean-squared-error.ts";
import { expectClose } from "../../support/expect-close.ts";
import { measured } from "../../support/measured.ts";

const target = [[0], [2], [4], [6]];
const prediction = [[1], [2], [4], [3]];

describe("rootMeanSquaredError", () => {
  it("takes the root once, of the mean over all samples", async () => {
    // √((1 + 0 + 0 + 9) / 4); the mean of the roots √1, √0, √(9 / 2) by size would be 1.31
    for (const sizes of [[4], [1, 1, 2], [3, 1]]) {
      await expectClose(await measured(rootMeanSquaredError, target, prediction, sizes), Math.sqrt(2.5));
    }
  });

  it("is the mean over all outputs under the root", async () => {
    // √((9 + 16 + 0 + 0) / 4)
    const pairs = [
      [3, 4],
      [0, 0],
    ];
    const zeros = pairs.map((row) => row.map(() => 0));
    expect(await measured(rootMeanSquaredError, zeros, pairs)).toBe(2.5);
  });
});

describe("r2Score", () => {
  it("is 1 − Σ (y − a)² / Σ (y − ȳ)²", async () => {
    // 1 − (1 + 9) / (9 + 1 + 1 + 9)
    for (const sizes of [[4], [1, 1, 2], [3, 1]]) {
      expect(await measured(r2Score, target, prediction, sizes)).toBe(0.5);
    }
  });

  it("is 1 where all is predicted, 0 at the mean, below 0 for worse", async () => {
    const at = async (value: number) =>
      measured(
        r2Score,
        target,
        target.map(() => [value]),
        [2, 2],
      );
    expect(await measured(r2Score, target, target, [2, 2])).toBe(1);
    expect(await at(3)).toBe(0);
    // 1 − 4 · 4 / 20 more
    expect(await at(5)).toBeCloseTo(-0.8, 12);
  });

  it("is the mean over the outputs", async () => {
    // 0.5 and 1
    const two = target.map(([y = 0]) => [y, y + 100]);
    const both = prediction.map(([a = 0], index) => [a, (target[index]?.[0] ?? NaN) + 100]);
    expect(await measured(r2Score, two, both, [3, 1])).toBe(0.75);
  });

  it("gives a target that never changes 1 if it is met, otherwise 0", async () => {
    // 0.1 three times is no exact mean in float32
    const tenths = [[0.1], [0.1], [0.1], [0.1], [0.1]];
    for (const sizes of [[5], [3, 2], [1, 1, 1, 1, 1]]) {
      expect(await measured(r2Score, tenths, tenths, sizes)).toBe(1);
      expect(await measured(r2Score, tenths, tenths.with(2, [0.2]), sizes)).toBe(0);
    }
  });

  it("does not cancel where the mean is large, however the samples are cut into batches", async () => {
    const small = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 4, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(small, fc.integer({ min: 1, max: 3 }), async (numbers, cut) => {
        fc.pre(new Set(numbers).size > 1);
        // Halves beside 2¹⁹ are exact in float32, their squares are not.
        const y = numbers.map((value) => [2 ** 19 + value / 2]);
        const a = numbers.map((value, index) => [2 ** 19 + value / 2 + (index % 2)]);
        const mean = numbers.reduce((sum, value) => sum + value / 2, 0) / numbers.length;
        const spread = numbers.reduce((sum, value) => sum + (value / 2 - mean) ** 2, 0);
        const expected = 1 - Math.floor(numbers.length / 2) / spread;
        await expectClose(await measured(r2Score, y, a, [cut, numbers.length - cut]), expected, 1e-5);
      }),
      { numRuns: 8 },
    );
  });

  it("refuses to broadcast", () => {
    tf.tidy(() => {
      expect(() => r2Score.measure(tf.zeros([4]), tf.zeros([4, 1]))).toThrow(
        "r2 expects a target of shape [4, 1], got [4]. Give the target the prediction's shape.",
      );
    });
  });
});
