import type { HyperparameterError } from "rivulet";
import { SGD, type SGDOptions } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { path } from "../support/descent.ts";
import { expectClose } from "../support/expect-close.ts";

describe("SGD", () => {
  // semantics.md's golden trajectories of f(w) = w² from w = 1, η = 0.1: PyTorch 2.13 in float64.
  it.each([
    ["plain", {}, [0.8, 0.64, 0.512, 0.4096, 0.32768]],
    ["momentum", { momentum: 0.9 }, [0.8, 0.46, 0.062, -0.3086, -0.58042]],
    ["Nesterov", { momentum: 0.9, nesterov: true }, [0.62, 0.2224, -0.108352, -0.324823, -0.415718]],
  ] satisfies [string, SGDOptions, number[]][])("follows PyTorch: %s", async (_, options, expected) => {
    await expectClose(await path(new SGD({ learningRate: 0.1, ...options }), 1, 5), expected);
  });

  it("takes two steps by hand", async () => {
    // g = 2 w, η = 0.1, μ = 0.5, from w = 1:
    // v₁ = 0.5 · 0 + 2 = 2,        w₁ = 1 − 0.1 · 2 = 0.8
    // v₂ = 0.5 · 2 + 1.6 = 2.6,    w₂ = 0.8 − 0.1 · 2.6 = 0.54
    await expectClose(await path(new SGD({ learningRate: 0.1, momentum: 0.5 }), 1, 2), [0.8, 0.54]);
  });

  it("multiplies the velocity by η, so that a change of η acts in full at once", async () => {
    // g = 1, μ = 0.9, η = 0.1, 0.1, 0.01, 0.01 from w = 0. Keras, with η inside the velocity: −0.471, −0.6439 at the end.
    const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    const slow = (step: number) => {
      if (step === 2) optimizer.learningRate = 0.01;
    };
    await expectClose(await path(optimizer, 0, 4, (w) => w, slow), [-0.1, -0.29, -0.3171, -0.35149]);
  });

  it("takes a momentum set in mid-run", async () => {
    // g = 1, η = 1 from w = 0: −1; then μ = 0.5 starts its velocity at 0: v = 1, w = −2; v = 1.5, w = −3.5.
    const optimizer = new SGD({ learningRate: 1 });
    const speed = (step: number) => {
      if (step === 1) optimizer.momentum = 0.5;
    };
    await expectClose(await path(optimizer, 0, 3, (w) => w, speed), [-1, -2, -3.5]);
  });

  it.each([
    [{ learningRate: 0 }, "SGD expects learningRate to be a finite number above 0, got 0. 0.01 is a start."],
    [{ learningRate: -1 }, "SGD expects learningRate to be a finite number above 0, got -1."],
    [{ learningRate: NaN }, "SGD expects learningRate to be a finite number above 0, got NaN."],
    [{ learningRate: Infinity }, "SGD expects learningRate to be a finite number above 0, got Infinity."],
    [{ momentum: 1 }, "SGD expects momentum to be in [0, 1), got 1. 0.9 is usual"],
    [{ momentum: -0.1 }, "SGD expects momentum to be in [0, 1), got -0.1."],
    [{ momentum: NaN }, "SGD expects momentum to be in [0, 1), got NaN."],
    [
      { nesterov: true },
      "SGD with nesterov expects momentum to be above 0, got 0. Nesterov looks ahead along the velocity",
    ],
  ])("refuses %o", (options, message) => {
    expect(() => new SGD(options)).toThrow(message);
  });

  it("refuses the same in mid-run, and keeps what it had", () => {
    const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    expect(() => (optimizer.learningRate = NaN)).toThrow("SGD expects learningRate");
    expect(() => (optimizer.momentum = 2)).toThrow("SGD expects momentum");
    const looking = new SGD({ momentum: 0.9, nesterov: true });
    expect(() => (looking.momentum = 0)).toThrow("SGD with nesterov expects momentum to be above 0, got 0.");
    expect(optimizer.hyperparametersAt(1)).toEqual({ learningRate: 0.1, momentum: 0.9 });
  });

  it("carries the value in its error", () => {
    const attempt = () => new SGD({ learningRate: -3 });
    const carried = { name: "HyperparameterError", hyperparameter: "learningRate", value: -3 };
    expect(attempt).toThrow(expect.objectContaining(carried satisfies Partial<HyperparameterError>));
  });
});
