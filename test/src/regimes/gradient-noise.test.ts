import * as tf from "@tensorflow/tfjs-core";
import { meanSquaredError, RandomStream, Sequential } from "rivulet";
import { Dense } from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { measureGradientNoise } from "../../../src/regimes/gradient-noise.ts";
import { expectClose } from "../../support/expect-close.ts";
import { x, y } from "./linear-descent.ts";

/** The gradient of each sample's squared error at weights of 0: −2 y (x₁, x₂, 1). */
const gradients = x.map((row, index) => [...row, 1].map((input) => -2 * (y[index]?.[0] ?? NaN) * input));
const mean = (list: readonly number[][]) =>
  [0, 1, 2].map((weight) => list.reduce((sum, row) => sum + (row[weight] ?? NaN), 0) / list.length);
const squaredDistance = (u: readonly number[], v: readonly number[]) =>
  u.reduce((sum, value, index) => sum + (value - (v[index] ?? NaN)) ** 2, 0);

const full = mean(gradients);
/** E ‖gᵢ − g‖² */
const variance = gradients.reduce((sum, row) => sum + squaredDistance(row, full), 0) / gradients.length;

/** The noise of a plane that starts flat at 0. */
async function noiseOf(batchSize: number, path = "noise") {
  const layer = new Dense({ units: 1, kernelInitializer: "zeros" });
  using model = new Sequential([layer], { inputShape: [2] });
  const samples = { x: tf.tensor2d(x), y: tf.tensor2d(y) };
  try {
    return await measureGradientNoise(model, meanSquaredError, samples, batchSize, new RandomStream(1, path));
  } finally {
    tf.dispose(Object.values(samples));
  }
}

describe("the noise of gradients", () => {
  it("is of single samples the spread of theirs, each looked at once", async () => {
    const { spread, relative, gradientNorm, batches } = await noiseOf(1);
    const norm = Math.sqrt(squaredDistance(full, [0, 0, 0]));
    // 1e-5: the gradients are float32's, and one is subtracted from the other.
    await expectClose(
      [gradientNorm, spread, relative ?? NaN],
      [norm, Math.sqrt(variance), Math.sqrt(variance) / norm],
      1e-5,
    );
    expect(batches).toBe(10);
  });

  it("is of full batches exactly none: their gradients repeat", async () => {
    expect(await noiseOf(10)).toMatchObject({ spread: 0, relative: 0, batches: 1 });
    expect(await noiseOf(10, "another")).toEqual(await noiseOf(10));
  });

  it("falls with the batch as that of draws without putting back", async () => {
    const { spread, batches } = await noiseOf(3);
    // The variance of a mean of B of n without putting back: S² / B · (n − B) / (n − 1), with S² the population's.
    const expected = Math.sqrt((variance / 3) * (7 / 9));
    expect(batches).toBe(64);
    // 64 batches know a variance to about √(2 / 64) of it, its root to half of that, 9 %: three times that.
    expect(Math.abs(spread / expected - 1)).toBeLessThan(0.27);
  });

  it("is the same again from the same stream", async () => {
    expect(await noiseOf(3)).toEqual(await noiseOf(3));
    expect(await noiseOf(3, "another")).not.toEqual(await noiseOf(3));
  });

  it("has no share of a gradient that is 0", async () => {
    const layer = new Dense({ units: 1, kernelInitializer: "zeros" });
    using model = new Sequential([layer], { inputShape: [1] });
    const samples = { x: tf.tensor2d([[1], [1]]), y: tf.tensor2d([[1], [-1]]) };
    const noise = await measureGradientNoise(model, meanSquaredError, samples, 1, new RandomStream(1));
    tf.dispose(Object.values(samples));
    // Gradients ∓2 in both weights: √(E (4 + 4)).
    expect(noise.relative).toBeNull();
    await expectClose(noise.spread, Math.sqrt(8));
  });
});
