import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { clipGradients, resolveClipping, type ClippingOptions } from "../../src/clipping.ts";
import { expectClose } from "../support/expect-close.ts";

/** Gradients after clipping, as nested arrays. */
async function clipped(by: keyof ClippingOptions, threshold: number, gradients: readonly (number | number[])[]) {
  const tensors = tf.tidy(() => {
    const given = gradients.map((gradient) => tf.tensor(gradient, undefined, "float32"));
    return [...clipGradients(given, by, tf.scalar(threshold))];
  });
  const values = await Promise.all(tensors.map((tensor) => tensor.array()));
  tf.dispose(tensors);
  return values as (number | number[])[];
}

describe("clipGradients", () => {
  it("cuts each element by value", async () => {
    expect(await clipped("clipValue", 2, [[3, -5, 1, -2, 0], -7])).toEqual([[2, -2, 1, -2, 0], -2]);
  });

  it("shortens each gradient by its own norm", async () => {
    // ‖(3, 4)‖ = 5 → 2; ‖(0.6, −0.8)‖ = 1 stays; |−7| → 2.
    await expectClose(await clipped("clipNorm", 2, [[3, 4], [0.6, -0.8], -7]), [[1.2, 1.6], [0.6, -0.8], -2]);
  });

  it("shortens all gradients by their common norm", async () => {
    // √(1 + 4 + 4 + 16) = 5 → 2, all alike.
    await expectClose(await clipped("globalClipNorm", 2, [[1, 2], [2], -4]), [[0.4, 0.8], [0.8], -1.6]);
  });

  it.each(["clipValue", "clipNorm", "globalClipNorm"] as const)(
    "leaves what is short enough to the last bit, and zero: %s",
    async (by) => {
      const gradients = [[0.1, -0.3], 0.7, [0, 0], 0];
      expect(await clipped(by, 3, gradients)).toEqual(gradients.map((gradient) => f32(gradient)));
      expect(await clipped(by, 3, [[0, 0], 0])).toEqual([[0, 0], 0]);
    },
  );

  it.each(["clipNorm", "globalClipNorm"] as const)(
    "survives squares that float32 does not hold, of what is large and of what is small: %s",
    async (by) => {
      // ‖(3, 4) · 10³⁰‖ = 5 · 10³⁰.
      await expectClose(await clipped(by, 1, [[3e30, -4e30]]), [[0.6, -0.8]]);
      expect(await clipped(by, 1, [[1e-30, 0]])).toEqual([f32([1e-30, 0])]);
      // And a threshold whose square is 0 in float32.
      const [shortened] = await clipped(by, 1e-30, [[3, 4]]);
      await expectClose(
        (shortened as number[]).map((value) => value * 1e30),
        [0.6, 0.8],
      );
    },
  );

  it.each(["clipValue", "clipNorm", "globalClipNorm"] as const)("hides no NaN: %s", async (by) => {
    const [gradient] = await clipped(by, 1, [[NaN, 3]]);
    expect((gradient as number[])[0]).toBeNaN();
  });
});

/** As a float32 holds it. */
const f32 = (gradient: number | number[]) =>
  typeof gradient === "number" ? Math.fround(gradient) : gradient.map(Math.fround);

describe("resolveClipping", () => {
  it("finds the one that is asked for", () => {
    expect(resolveClipping("SGD", {})).toBeUndefined();
    expect(resolveClipping("SGD", { globalClipNorm: 0.5 })).toEqual({ by: "globalClipNorm", threshold: 0.5 });
  });

  it.each([
    [{ clipValue: 0 }, "SGD expects clipValue to be a finite number above 0, got 0."],
    [{ clipNorm: -1 }, "SGD expects clipNorm to be a finite number above 0, got -1."],
    [{ globalClipNorm: NaN }, "SGD expects globalClipNorm to be a finite number above 0, got NaN."],
    [{ clipValue: JSON.parse('"1"') }, 'SGD expects clipValue to be a finite number above 0, got "1".'],
    [
      { clipValue: 1, globalClipNorm: 1 },
      "SGD clips by one of clipValue, clipNorm, globalClipNorm, got clipValue and globalClipNorm. " +
        "Leave all but one out.",
    ],
  ])("refuses %o", (options, message) => {
    const refusal = expect.objectContaining({ name: "HyperparameterError", message });
    expect(() => resolveClipping("SGD", options)).toThrow(refusal);
  });
});
