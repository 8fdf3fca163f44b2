import * as tf from "@tensorflow/tfjs-core";
import { checkGradients, Sequential } from "rivulet";
import { Dense } from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { Lion } from "../../../examples/own-parts/lion.ts";
import { logCosh } from "../../../examples/own-parts/log-cosh.ts";
import { RadialBasis } from "../../../examples/own-parts/radial-basis.ts";
import { path } from "../../support/descent.ts";
import { expectClose } from "../../support/expect-close.ts";

describe("RadialBasis", () => {
  it("says how near an input is to its centres", async () => {
    using model = new Sequential([new RadialBasis({ units: 2, spread: 1 })], { inputShape: [2], seed: 1 });
    const [centres, sharpness] = [
      [
        [1, 2],
        [0, 0],
      ],
      [1, 0.5],
    ];
    model.setWeights([centres, sharpness]);
    const prediction = model.predict([[1, 1]]);
    // exp(−(1² + 0²)) of distance 1; exp(−0.25 · 2) of distance √2. SwiftShader's exp is good to 1e-4.
    await expectClose(prediction, [[Math.exp(-1), Math.exp(-0.5)]], 1e-4);
    prediction.dispose();
  });

  it("has the gradients of central differences", async () => {
    const layers = [new RadialBasis({ units: 2, spread: 1 }), new Dense({ units: 1 })];
    using model = new Sequential(layers, { inputShape: [1], seed: 1 });
    const { passed } = await checkGradients(model, [[0.5], [-1]], [[1], [0]], logCosh);
    expect(passed).toBe(true);
  });
});

describe("logCosh", () => {
  it("is half the square of a small error, and the size of a large one less log 2", async () => {
    const [target, prediction] = [tf.tensor2d([[0], [0], [200]]), tf.tensor2d([[0.1], [-3], [0]])];
    const loss = tf.tidy(() => logCosh(target, prediction));
    const expected = (Math.log(Math.cosh(0.1)) + Math.log(Math.cosh(3)) + 200 - Math.LN2) / 3;
    // In float32 numbers of 400 are good to 3e-5.
    await expectClose(loss, expected, 1e-3);
    tf.dispose([target, prediction, loss]);
  });
});

describe("Lion", () => {
  it("takes steps of one size, where gradient and memory lead together", async () => {
    // g = 2 w from w = 1, η = 0.3, β₁ = 0.5, β₂ = 0.75. m = 0, 0.5, 0.725, 0.744, 0.608, 0.356: past 0, at w = −0.2,
    // 0.5 · 0.608 outweighs 0.5 · −0.4, and it goes on; at −0.5, 0.5 · 0.356 does not outweigh 0.5 · −1.
    const rule = new Lion({ learningRate: 0.3, beta1: 0.5, beta2: 0.75 });
    await expectClose(await path(rule, 1, 6), [0.7, 0.4, 0.1, -0.2, -0.5, -0.2]);
  });
});
