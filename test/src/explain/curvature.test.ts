import * as tf from "@tensorflow/tfjs-core";
import { Sequential, meanSquaredError, type Loss } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestCurvature } from "../../../src/explain/curvature.ts";
import { weightsOf } from "../../../src/explain/gradient-at.ts";
import { oneWeight } from "../../support/models.ts";

/** λ for a model on samples, with its weights as they stand. */
async function curvatureOf(model: Sequential, x: number[][], y: number[][], loss: Loss = meanSquaredError) {
  const samples = { x: tf.tensor2d(x), y: tf.tensor2d(y) };
  try {
    const look = { model, rule: { loss, optimizer: new SGD() }, samples, all: undefined, start: undefined };
    return await largestCurvature(look, await weightsOf(model));
  } finally {
    tf.dispose(samples);
  }
}

/** ŷ = w₁ x₁ + w₂ x₂ + b */
const plane = (seed: number) => new Sequential([new Dense({ units: 1 })], { inputShape: [2], seed });

describe("the largest eigenvalue of the Hessian", () => {
  it("is 2 Σ x² / n for one weight, whatever the weight and the targets", async () => {
    using model = oneWeight();
    // 2 (1 + 4 + 9) / 3
    const curvature = await curvatureOf(model, [[1], [2], [3]], [[5], [-7], [1000]]);
    // Of the gradient a nudge changes a ten-thousandth, of which float32 leaves three digits.
    expect((curvature ?? NaN) / (28 / 3)).toBeCloseTo(1, 2);
  });

  it("is that of 2 XᵀX / n for a linear regression, within a few per cent, scaled or not", async () => {
    const sizes = fc.integer({ min: -3, max: 3 }).map((exponent) => 10 ** exponent);
    const anything = fc.record({ first: sizes, second: sizes, target: sizes, seed: fc.integer({ min: 0, max: 99 }) });
    await fc.assert(
      fc.asyncProperty(anything, async ({ first, second, target, seed }) => {
        using model = plane(seed);
        // The columns, and that of ones for the bias, stand at right angles: XᵀX / n holds their squares and no more.
        const signs = [
          [1, 1],
          [1, -1],
          [-1, 1],
          [-1, -1],
        ];
        const x = signs.map(([a = 0, b = 0]) => [a * first, b * second]);
        const y = signs.map(([a = 0, b = 0]) => [(a + 2 * b + 0.5) * target]);
        const curvature = (await curvatureOf(model, x, y)) ?? NaN;
        const exact = 2 * Math.max(first ** 2, second ** 2, 1);
        // The power method falls short by a few per cent at most, and rounding adds a few per thousand.
        expect(curvature / exact).toBeGreaterThan(0.95);
        expect(curvature / exact).toBeLessThan(1.01);
      }),
      { numRuns: 8 },
    );
  });

  it("is the largest above 0 where the loss curves more steeply downwards", async () => {
    const kernelInitializer = [[0.3, -0.2]];
    using model = new Sequential([new Dense({ units: 2, useBias: false, kernelInitializer })], { inputShape: [1] });
    // C = w₁² − 5 w₂²: a saddle of curvatures 2 and −10.
    const saddle: Loss = (_, prediction) => tf.sum(tf.mul(tf.square(prediction), tf.tensor1d([1, -5], "float32")));
    expect(await curvatureOf(model, [[1]], [[0, 0]], saddle)).toBeCloseTo(2, 2);
  });

  const without: [string, Loss][] = [
    ["nothing curves", (_, prediction) => tf.mean(prediction)],
    ["all curves downwards", (_, prediction) => tf.neg(tf.mean(tf.square(prediction)))],
    ["the gradient is NaN", (_, prediction) => tf.mean(tf.log(tf.neg(prediction)))],
  ];

  it.each(without)("is undefined where %s", async (_, loss) => {
    using model = oneWeight();
    expect(await curvatureOf(model, [[1]], [[0]], loss)).toBeUndefined();
  });

  it("is the same each time, and leaves the weights as they were", async () => {
    using model = plane(3);
    const before = await weightsOf(model);
    const estimates = [];
    for (let time = 0; time < 2; time++)
      estimates.push(
        await curvatureOf(
          model,
          [
            [1, 2],
            [3, 5],
          ],
          [[1], [2]],
        ),
      );
    expect(estimates[0]).toBe(estimates[1]);
    expect(await weightsOf(model)).toEqual(before);
  });
});
