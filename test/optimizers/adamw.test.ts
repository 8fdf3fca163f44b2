import { Adam, AdamW } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { path } from "../support/descent.ts";
import { expectClose } from "../support/expect-close.ts";

describe("AdamW", () => {
  it("takes two steps by hand", async () => {
    // As Adam by hand (g = 2 w, η = 0.5, β₁ = 0.5, β₂ = 0.75, ε = 2 from w = 1), λ = 0.4: each step takes η λ = 0.2 of w.
    // w₁ = 0.8 · 1 − 0.5 · 2 / (2 + 2) = 0.55
    // m₂ = 0.5 · 1 + 0.5 · 1.1 = 1.05,      m̂₂ = 1.05 / 0.75 = 1.4
    // v₂ = 0.75 + 0.25 · 1.1² = 1.0525,     v̂₂ = 1.0525 / 0.4375,   w₂ = 0.8 · 0.55 − 0.5 · 1.4 / (√v̂₂ + 2)
    const optimizer = new AdamW({ learningRate: 0.5, weightDecay: 0.4, beta1: 0.5, beta2: 0.75, epsilon: 2 });
    await expectClose(await path(optimizer, 1, 2), [0.55, 0.44 - 0.7 / (Math.sqrt(1.0525 / 0.4375) + 2)]);
  });

  it("decays by 0.004 unless told otherwise, and is Adam without decay", async () => {
    expect(new AdamW().toConfig()).toEqual({ ...new Adam().toConfig(), weightDecay: 0.004 });
    const start = { learningRate: 0.1, weightDecay: 0 };
    expect(await path(new AdamW(start), 1, 2)).toEqual(await path(new Adam(start), 1, 2));
  });

  it.each([
    [{ weightDecay: -0.1 }, "AdamW expects weightDecay to be a finite number, 0 or more, got -0.1."],
    [
      { beta1: 1 },
      "AdamW expects beta1 to be in [0, 1), got 1. 0.9 is usual; from 1 on what is remembered never fades.",
    ],
    [JSON.parse("null"), "AdamW expects options to be an object such as { learningRate: … }, got null."],
  ])("refuses %o", (options, message) => {
    expect(() => new AdamW(options)).toThrow(expect.objectContaining({ name: "HyperparameterError", message }));
  });
});
