import { Adagrad } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { path } from "../support/descent.ts";
import { expectClose } from "../support/expect-close.ts";

describe("Adagrad", () => {
  it("follows Keras", async () => {
    // semantics.md's golden trajectory of f(w) = w² from w = 1: Keras 3.15 in float32.
    const expected = [0.901227, 0.834737, 0.782299, 0.738194, 0.699769];
    await expectClose(await path(new Adagrad({ learningRate: 0.1 }), 1, 5), expected);
  });

  it("takes two steps by hand", async () => {
    // g = 2 w, η = 0.5, a₀ = 0, ε = 5 from w = 1:
    // a₁ = 0 + 2² = 4,      w₁ = 1 − 0.5 · 2 / √(4 + 5) = 2/3
    // a₂ = 4 + (4/3)²,      w₂ = 2/3 − 0.5 · (4/3) / √(4 + 16/9 + 5) = 2/3 − 2 / √97
    const optimizer = new Adagrad({ learningRate: 0.5, initialAccumulator: 0, epsilon: 5 });
    await expectClose(await path(optimizer, 1, 2), [2 / 3, 2 / 3 - 2 / Math.sqrt(97)]);
  });

  it("has Keras's defaults", () => {
    expect(new Adagrad().toConfig()).toEqual({
      learningRate: 0.001,
      weightDecay: 0,
      initialAccumulator: 0.1,
      epsilon: 1e-7,
    });
  });

  it.each([
    [{ learningRate: 0 }, "Adagrad expects learningRate to be a finite number above 0, got 0. 0.01 is a start."],
    [{ initialAccumulator: -1 }, "Adagrad expects initialAccumulator to be a finite number, 0 or more, got -1."],
    [{ initialAccumulator: NaN }, "Adagrad expects initialAccumulator to be a finite number, 0 or more, got NaN."],
    [
      { epsilon: 0 },
      "Adagrad expects epsilon to be a finite number above 0, got 0. " +
        "It keeps a gradient of 0 from being divided by 0; 1e-7 is usual.",
    ],
  ])("refuses %o", (options, message) => {
    expect(() => new Adagrad(options)).toThrow(expect.objectContaining({ name: "HyperparameterError", message }));
  });
});
