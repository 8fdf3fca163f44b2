import { Adam, type AdamOptions } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { path } from "../support/descent.ts";
import { expectClose } from "../support/expect-close.ts";

describe("Adam", () => {
  it("follows PyTorch", async () => {
    // semantics.md's golden trajectory of f(w) = w² from w = 1: PyTorch 2.13 in float64.
    const expected = [0.9, 0.800412, 0.701586, 0.603939, 0.507964];
    await expectClose(await path(new Adam({ learningRate: 0.1 }), 1, 5), expected);
  });

  it("takes two steps by hand", async () => {
    // g = 2 w, η = 0.5, β₁ = 0.5, β₂ = 0.75, ε = 2 from w = 1:
    // m₁ = 0.5 · 2 = 1,                m̂₁ = 1 / 0.5 = 2
    // v₁ = 0.25 · 2² = 1,              v̂₁ = 1 / 0.25 = 4,          w₁ = 1 − 0.5 · 2 / (2 + 2) = 0.75
    // m₂ = 0.5 · 1 + 0.5 · 1.5 = 1.25, m̂₂ = 1.25 / 0.75 = 5/3
    // v₂ = 0.75 + 0.25 · 1.5² = 1.3125, v̂₂ = 1.3125 / 0.4375 = 3,  w₂ = 0.75 − 0.5 · (5/3) / (√3 + 2)
    const optimizer = new Adam({ learningRate: 0.5, beta1: 0.5, beta2: 0.75, epsilon: 2 });
    await expectClose(await path(optimizer, 1, 2), [0.75, 0.75 - 5 / 6 / (Math.sqrt(3) + 2)]);
  });

  it("puts ε beside the corrected root, as PyTorch: Keras's place for it shortens the first steps", async () => {
    // f(w) = w: m̂ = v̂ = 1 throughout, so that each step is η / (1 + ε) = 0.5. Keras would begin with 0.5 · 0.0613.
    const optimizer = new Adam({ learningRate: 1, epsilon: 1 });
    await expectClose(await path(optimizer, 0, 2, (w) => w), [-0.5, -1]);
  });

  it("takes betas set in mid-run, with the corrections of the new ones", async () => {
    // g = 1, η = 1, ε = 1, β₁ = β₂ = 0 from w = 0: m = v = 1, step 1 / (1 + 1).
    // Then β₁ = 0.5: m = 1, m̂ = 1 / (1 − 0.25) = 4/3, step (4/3) / 2. Then β₂ = 0.5: v̂ = 1 / (1 − 0.125) = 8/7, as m̂.
    const optimizer = new Adam({ learningRate: 1, beta1: 0, beta2: 0, epsilon: 1 });
    const change = (step: number) => {
      if (step === 1) optimizer.beta1 = 0.5;
      if (step === 2) optimizer.beta2 = 0.5;
    };
    const third = 8 / 7 / (Math.sqrt(8 / 7) + 1);
    await expectClose(await path(optimizer, 0, 3, (w) => w, change), [-0.5, -0.5 - 2 / 3, -0.5 - 2 / 3 - third]);
  });

  it("has the paper's defaults, but for ε, which is Keras's", () => {
    expect(new Adam().toConfig()).toEqual({
      learningRate: 0.001,
      weightDecay: 0,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
    });
  });

  const never = "from 1 on what is remembered never fades.";
  it.each([
    [{ learningRate: NaN }, "Adam expects learningRate to be a finite number above 0, got NaN. 0.01 is a start."],
    [{ beta1: 1 }, `Adam expects beta1 to be in [0, 1), got 1. 0.9 is usual; ${never}`],
    [{ beta2: -1 }, `Adam expects beta2 to be in [0, 1), got -1. 0.999 is usual; ${never}`],
    [{ beta2: 0.99999999999 }, `Adam expects beta2 to be in [0, 1), got 0.99999999999. 0.999 is usual; ${never}`],
    [
      { epsilon: -1e-7 },
      "Adam expects epsilon to be a finite number above 0, got -1e-7. " +
        "It keeps a gradient of 0 from being divided by 0; 1e-7 is usual.",
    ],
  ] satisfies [AdamOptions, string][])("refuses %o", (options, message) => {
    expect(() => new Adam(options)).toThrow(expect.objectContaining({ name: "HyperparameterError", message }));
  });

  it("refuses the same in mid-run, and keeps what it had", () => {
    const optimizer = new Adam({ beta1: 0.8, beta2: 0.7 });
    expect(() => (optimizer.beta1 = 1)).toThrow("Adam expects beta1 to be in [0, 1), got 1.");
    expect(() => (optimizer.beta2 = NaN)).toThrow("Adam expects beta2 to be in [0, 1), got NaN.");
    expect(optimizer).toMatchObject({ beta1: 0.8, beta2: 0.7 });
  });
});
