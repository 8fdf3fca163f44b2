import { describe, expect, it } from "vitest";
import { batchGradient, gradientsBySample, train } from "../../../examples/worked/03-one-weight.ts";
import { expectRelative } from "./expect-relative.ts";

describe("W3: one weight, no bias", () => {
  it("has the gradient 2x (x w − y) a sample, without the 2 for half the square", async () => {
    const samples = await gradientsBySample();
    expect(samples.map(({ x }) => x)).toEqual([1, 2, 3]);
    expectRelative(
      samples.map(({ squared }) => squared),
      [-2, -8, -18],
    );
    expectRelative(
      samples.map(({ halved }) => halved),
      [-1, -4, -9],
    );
  });

  it("has over the batch the mean of the halved gradients", async () => {
    expectRelative(await batchGradient(), -14 / 3);
  });

  it("has no gradient where w is 2", async () => {
    expect(await batchGradient(2)).toBe(0);
    expect((await gradientsBySample(2)).map(({ squared }) => squared)).toEqual([0, 0, 0]);
  });

  it.each([
    ["full", 1],
    [2, 2],
    [1, 3],
  ] as const)("reaches w = 2 with batches of %s, %i steps an epoch", async (batchSize, steps) => {
    const { stepsPerEpoch, weights } = await train(batchSize);
    expect(stepsPerEpoch).toBe(steps);
    expect(weights).toHaveLength(31);
    expect(weights[0]).toBe(1);
    expectRelative(weights.at(-1) ?? NaN, 2);
  });

  it("goes the steps of batch and of stochastic descent", async () => {
    // Batch: 2 − w shrinks by 1 − η 14/3 a step.
    expectRelative((await train("full", 2)).weights, [1, 2 - (1 - 1.4 / 3), 2 - (1 - 1.4 / 3) ** 2]);
    // Stochastic: by 1 − η x² a sample, whatever their order: 0.9 · 0.6 · 0.1 an epoch.
    expectRelative((await train(1, 2)).weights, [1, 2 - 0.054, 2 - 0.054 ** 2]);
  });
});
