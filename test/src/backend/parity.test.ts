import { useBackend } from "rivulet";
import { afterEach, describe, expect, inject, it } from "vitest";
import { flatNumbers } from "../../../src/nested-numbers.ts";
import { largestDifference, lossCurve, sigmoidNetwork } from "../../support/loss-curve.ts";
import { weightsOf } from "../../support/models.ts";

afterEach(async () => {
  await useBackend(inject("backend"));
});

/**
 * How far from cpu's the loss may be at any of the epochs. It falls from 0.092 to 0.012, where neighbouring float32
 * numbers are 7e-9 to 9e-10 apart.
 */
const bounds = {
  // Itself, twice: to the bit.
  cpu: 0,
  // Its sums run in SIMD lanes, in another order: 3e-8 was seen.
  wasm: 2e-7,
  // So do libtensorflow's, whose exponential is a polynomial of its own too.
  tensorflow: 2e-7,
  // GLSL and WGSL allow an exponential 3 + 2 |x| units in the last place, and GPUs use them; Chromium's in software,
  // where these tests mostly run, shows 3e-8.
  webgl: 1e-5,
  webgpu: 1e-5,
};

describe(`${inject("backend")} beside cpu, from one seed`, () => {
  it("starts from the same weights to the bit, for no backend draws them", async () => {
    using here = sigmoidNetwork();
    const weights = flatNumbers(await weightsOf(here));
    await useBackend("cpu");
    using there = sigmoidNetwork();
    expect(weights).toEqual(flatNumbers(await weightsOf(there)));
    // And in Node from the same as in a page: read once in Node, and held since.
    expect(weights.slice(0, 3)).toEqual([-0.46361759305000305, 0.13417625427246094, 0.7165660262107849]);
  });

  it("follows the same loss curve over 200 steps", async () => {
    const here = await lossCurve(inject("backend"));
    const there = await lossCurve("cpu");
    expect(there).toHaveLength(50);
    expect(largestDifference(here, there)).toBeLessThanOrEqual(bounds[inject("backend")]);
    // And cpu in a page that of cpu in Node: read once there, and held since. 1e-7: an engine may have an exponential of
    // its own.
    const inNode = [0.09207232296466827, 0.014357071369886398, 0.01228515338152647];
    expect(largestDifference([there[0], there[24], there[49]] as number[], inNode)).toBeLessThan(1e-7);
  }, 300_000);
});
