import * as tf from "@tensorflow/tfjs-core";
import { RMSProp } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { path } from "../support/descent.ts";
import { expectClose } from "../support/expect-close.ts";

describe("RMSProp", () => {
  it("follows Keras", async () => {
    // semantics.md's golden trajectory of f(w) = w² from w = 1: Keras 3.15 in float32.
    const expected = [0.968377, 0.945788, 0.927053, 0.910543, 0.895507];
    await expectClose(await path(new RMSProp({ learningRate: 0.01 }), 1, 5), expected);
  });

  it("takes two steps by hand", async () => {
    // g = 2 w, η = 0.5, ρ = 0.5, ε = 2 from w = 1:
    // s₁ = 0.5 · 0 + 0.5 · 2² = 2,           w₁ = 1 − 0.5 · 2 / √(2 + 2) = 0.5
    // s₂ = 0.5 · 2 + 0.5 · 1² = 1.5,         w₂ = 0.5 − 0.5 · 1 / √3.5
    const optimizer = new RMSProp({ learningRate: 0.5, rho: 0.5, epsilon: 2 });
    await expectClose(await path(optimizer, 1, 2), [0.5, 0.5 - 0.5 / Math.sqrt(3.5)]);
  });

  it("takes two steps by hand, with momentum and centered", async () => {
    // g = 2 w, η = 0.5, ρ = 0.5, μ = 0.5, ε = 3 from w = 1:
    // ḡ₁ = 0.5 · 2 = 1,                      s₁ − ḡ₁² = 2 − 1 = 1,         v₁ = 0.5 · 2 / √(1 + 3) = 0.5,  w₁ = 0.5
    // ḡ₂ = 0.5 · 1 + 0.5 · 1 = 1,            s₂ − ḡ₂² = 1.5 − 1 = 0.5,     v₂ = 0.5 · 0.5 + 0.5 · 1 / √3.5
    const optimizer = new RMSProp({ learningRate: 0.5, rho: 0.5, momentum: 0.5, epsilon: 3, centered: true });
    await expectClose(await path(optimizer, 1, 2), [0.5, 0.5 - 0.25 - 0.5 / Math.sqrt(3.5)]);
  });

  it("has η inside the velocity, as Keras: what is in it keeps the old rate", async () => {
    // g = 1, ρ = 0, ε = 3: each step adds η / √(1 + 3). μ = 0.5, η = 1, then 0.2, from w = 0:
    // v = 0.5, w = −0.5; v = 0.25 + 0.1, w = −0.85.
    const optimizer = new RMSProp({ learningRate: 1, rho: 0, momentum: 0.5, epsilon: 3 });
    const slow = (step: number) => {
      if (step === 1) optimizer.learningRate = 0.2;
    };
    await expectClose(await path(optimizer, 0, 2, (w) => w, slow), [-0.5, -0.85]);
  });

  it("takes ρ and μ set in mid-run", async () => {
    // g = 1, η = 1, ε = 3 from w = 0. ρ = 0: −1 / √4. Then ρ = 0.5, s = 1 still, μ = 0.5 from v = 0: v = 0.5, then 0.75.
    const optimizer = new RMSProp({ learningRate: 1, rho: 0, epsilon: 3 });
    const change = (step: number) => {
      if (step === 1) optimizer.rho = optimizer.momentum = 0.5;
    };
    await expectClose(await path(optimizer, 0, 3, (w) => w, change), [-0.5, -1, -1.75]);
  });

  it("takes no root of what rounding makes of a variance of 0, when centered", async () => {
    // A gradient that never varies: s and ḡ² come near each other, and s − ḡ² below −ε by rounding.
    const optimizer = new RMSProp({ rho: 0.1, centered: true });
    const points = await path(optimizer, 0, 12, (w) => tf.mul(777, w));
    expect(points.filter(Number.isFinite)).toHaveLength(12);
    // Each step goes down, by η 777 / √ε or less.
    const steps = points.map((point, index) => point - (points[index - 1] ?? 0));
    for (const step of steps) expect(-step).toBeGreaterThan(0);
    for (const step of steps) expect(-step).toBeLessThan((0.001 * 777) / Math.sqrt(1e-7) + 1);
  });

  it("has Keras's defaults", () => {
    expect(new RMSProp().toConfig()).toEqual({
      learningRate: 0.001,
      weightDecay: 0,
      rho: 0.9,
      momentum: 0,
      epsilon: 1e-7,
      centered: false,
    });
  });

  it.each([
    [{ learningRate: -1 }, "RMSProp expects learningRate to be a finite number above 0, got -1. 0.01 is a start."],
    [{ rho: 1 }, "RMSProp expects rho to be in [0, 1), got 1. 0.9 is usual; from 1 on what is remembered never fades."],
    [
      { momentum: -0.1 },
      "RMSProp expects momentum to be in [0, 1), got -0.1. 0.9 is usual; from 1 on what is remembered never fades.",
    ],
    [
      { epsilon: NaN },
      "RMSProp expects epsilon to be a finite number above 0, got NaN. " +
        "It keeps a gradient of 0 from being divided by 0; 1e-7 is usual.",
    ],
    [{ centered: JSON.parse("1") }, "RMSProp expects centered to be true or false, got 1."],
  ])("refuses %o", (options, message) => {
    expect(() => new RMSProp(options)).toThrow(expect.objectContaining({ name: "HyperparameterError", message }));
  });

  it("refuses the same in mid-run, and keeps what it had", () => {
    const optimizer = new RMSProp({ rho: 0.8, momentum: 0.7 });
    expect(() => (optimizer.rho = 1)).toThrow("RMSProp expects rho to be in [0, 1), got 1.");
    expect(() => (optimizer.momentum = NaN)).toThrow("RMSProp expects momentum to be in [0, 1), got NaN.");
    expect(optimizer).toMatchObject({ rho: 0.8, momentum: 0.7 });
  });
});
