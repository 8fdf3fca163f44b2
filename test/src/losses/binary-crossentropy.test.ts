import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binaryCrossentropy, binaryCrossentropyFromLogits } from "../../../src/losses/binary-crossentropy.ts";
import { expectClose } from "../../support/expect-close.ts";
import { lossAt } from "../../support/loss-at.ts";

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

describe("binaryCrossentropy", () => {
  it("is Keras's", async () => {
    // −(ln 0.9 + ln 0.8) / 2
    const { value } = await lossAt(binaryCrossentropy, [[0], [1]], [[0.1], [0.8]]);
    await expectClose(value, 0.16425204);
  });

  it("is cut off at ε, on either side, and has no gradient there", async () => {
    const { value, slope } = await lossAt(binaryCrossentropy, [[0], [1]], [[1], [0]]);
    // −ln 1e-7
    await expectClose(value, 16.11809565);
    expect(slope).toEqual([[0], [0]]);
  });

  it("is nothing where the prediction is certain and right", async () => {
    const { value } = await lossAt(binaryCrossentropy, [[0], [1]], [[0], [1]]);
    // −ln(1 − 1e-7), with 1 − 1e-7 rounded to a float32
    await expectClose(value, 1e-7, 5e-8);
  });
});

describe("binaryCrossentropyFromLogits", () => {
  it("is finite at ±1000, and so is its gradient, σ(z) − y", async () => {
    const target = [[0], [1], [0], [1]];
    const { value, slope } = await lossAt(binaryCrossentropyFromLogits, target, [[1000], [-1000], [-1000], [1000]]);
    expect(value).toBe(500);
    expect(slope).toEqual([[0.25], [-0.25], [0], [0]]);
  });

  it("has the right slope at 0, where max(z, 0) and |z| have a bend", async () => {
    const { value, slope } = await lossAt(binaryCrossentropyFromLogits, [[0], [1]], [[0], [0]]);
    await expectClose(value, Math.LN2);
    await expectClose(slope, [[0.25], [-0.25]]);
  });

  it("keeps what is left of a loss that is nearly 0", async () => {
    const { value, slope } = await lossAt(binaryCrossentropyFromLogits, [[1]], [[20]]);
    // ln(1 + e⁻²⁰), relative to itself: max(z, 0) − z y + … would give 0 or the same
    await expectClose(value * 1e9, 2.0611536, 1e-4);
    await expectClose([[((slope as number[][])[0]?.[0] ?? 0) * 1e9]], [[-2.0611536]], 1e-4);
  });

  it("is the loss of the sigmoid's probabilities", async () => {
    // In sixteenths up to ±5: there 1 − p is still 6.7e-3, and its rounding of 6e-8 moves the logarithm by 1e-5.
    const logits = fc.array(
      fc.integer({ min: -80, max: 80 }).map((sixteenths) => sixteenths / 16),
      {
        minLength: 2,
        maxLength: 6,
      },
    );
    await fc.assert(
      fc.asyncProperty(logits, fc.integer({ min: 0, max: 4 }), async (z, quarters) => {
        const target = z.map((_, index) => [((index + quarters) % 5) / 4]);
        const weights = z.map((_, index) => index / 2);
        const fromLogits = await lossAt(
          binaryCrossentropyFromLogits,
          target,
          z.map((value) => [value]),
          weights,
        );
        const probabilities = z.map((value) => [sigmoid(value)]);
        const fromProbabilities = await lossAt(binaryCrossentropy, target, probabilities, weights);
        await expectClose(fromLogits.value, fromProbabilities.value, 1e-4);
      }),
      { numRuns: 8 },
    );
  });
});
