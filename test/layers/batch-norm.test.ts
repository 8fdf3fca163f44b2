import * as tf from "@tensorflow/tfjs-core";
import { checkGradients, Sequential, trainStep } from "rivulet";
import { BatchNorm, Dense, type BatchNormOptions } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { expectClose } from "../support/expect-close.ts";
import { build, ThroughLayer } from "../support/through-layer.ts";

const x = [
  [1, 2],
  [3, 6],
  [8, 1],
];

/** Sums its inputs up, and does not learn: what comes before it does. */
const sum = () => new Dense({ units: 1, kernelInitializer: "ones", useBias: false });

describe("BatchNorm", () => {
  it("centres and scales over the batch in training, as far as ε lets it", async () => {
    using model = new ThroughLayer(new BatchNorm({ epsilon: 0.5 }), x, 0);
    const output = tf.tidy(() => model.forward());
    // μ = 4, 3; σ² = (9 + 1 + 16) / 3, (1 + 9 + 4) / 3
    const [a, b] = [Math.sqrt(26 / 3 + 0.5), Math.sqrt(14 / 3 + 0.5)];
    await expectClose(output, [
      [-3 / a, -1 / b],
      [-1 / a, 3 / b],
      [4 / a, -2 / b],
    ]);
    output.dispose();
  });

  it("reduces all axes but the last", async () => {
    const boxes = [
      [
        [1, 10],
        [2, 20],
      ],
      [
        [3, 30],
        [4, 40],
      ],
    ];
    using model = new ThroughLayer(new BatchNorm({ epsilon: 1e-6 }), boxes, 0);
    const output = tf.tidy(() => model.forward());
    // 1 … 4 less 2.5, over √1.25
    const outer = 1.5 / Math.sqrt(1.25);
    const inner = 0.5 / Math.sqrt(1.25);
    await expectClose(output, [
      [
        [-outer, -outer],
        [-inner, -inner],
      ],
      [
        [inner, inner],
        [outer, outer],
      ],
    ]);
    output.dispose();
  });

  it("moves its mean and its biased variance with each step, and predicts with them", async () => {
    using model = new Sequential([new BatchNorm({ momentum: 0.75 }), sum()], { inputShape: [2] });
    const optimizer = new SGD({ learningRate: 1e-30 });
    for (const _ of [1, 2]) tf.dispose(trainStep(model, x, [[0], [0], [0]], { loss: "mse", optimizer }));
    // From 0, 1: 0.75 · 0 + 0.25 μ, then 0.4375 μ; 0.5625 + 0.4375 σ².
    const [mean, variance] = model.state;
    await expectClose(mean as tf.Tensor, [1.75, 1.3125]);
    const moved = [0.5625 + (0.4375 * 26) / 3, 0.5625 + (0.4375 * 14) / 3];
    await expectClose(variance as tf.Tensor, moved);
    const output = model.predict([[1, 2]]);
    const [first = NaN, second = NaN] = moved;
    await expectClose(output, [[-0.75 / Math.sqrt(first + 1e-3) + 0.6875 / Math.sqrt(second + 1e-3)]]);
    await expectClose(mean as tf.Tensor, [1.75, 1.3125]);
    output.dispose();
  });

  it("predicts with a mean of 0 and a variance of 1 before it is trained", async () => {
    using model = new Sequential([new BatchNorm()], { inputShape: [2] });
    const output = model.predict(x);
    await expectClose(
      output,
      x.map((row) => row.map((value) => value / Math.sqrt(1.001))),
    );
    output.dispose();
  });

  it.each([
    ["training", 0],
    ["prediction", undefined],
  ])("has the gradient of central differences in %s", async (_, step) => {
    const layer = new BatchNorm();
    using model = new ThroughLayer(layer, x, step);
    tf.tidy(() => layer.gamma?.assign(tf.tensor1d([0.5, 2])));
    const target = [
      [1, 0],
      [0, 1],
      [1, 1],
    ];
    const check = await checkGradients(model, target, target, "meanSquaredError");
    expect(check.parameters.map(({ name }) => name)).toEqual(["input", "gamma", "beta"]);
    expect(check.error).toBeLessThan(1e-3);
    expect(check.passed).toBe(true);
  });

  it("makes β of a single sample, and trains on it without a NaN", async () => {
    const layer = new BatchNorm();
    using model = new Sequential([layer, sum()], { inputShape: [2] });
    const loss = trainStep(model, [[5, -7]], [[1]], { loss: "mse", optimizer: new SGD({ learningRate: 0.25 }) });
    // β = 0, 0: ŷ = 0, ∂C/∂β = 2 (0 − 1) · 1; γ has no say.
    await expectClose(loss, 1);
    await expectClose(layer.beta as tf.Tensor, [0.5, 0.5]);
    await expectClose(layer.gamma as tf.Tensor, [1, 1]);
    await expectClose(layer.movingVariance as tf.Tensor, [0.99, 0.99]);
    loss.dispose();
  });

  it("goes without γ and β where told to", () => {
    const layer = build(new BatchNorm({ center: false, scale: false }), [2]);
    expect(layer.parameters).toEqual([]);
    tf.dispose([...layer.state]);
  });

  it("has its weights named and copied: γ and β, and after all parameters what moves", async () => {
    using model = new Sequential([new BatchNorm(), sum()], { inputShape: [2] });
    const names = [...model.parameters, ...model.state].map((variable) => model.nameOf(variable));
    expect(names).toEqual([
      "batchnorm_1/gamma",
      "batchnorm_1/beta",
      "dense_1/kernel",
      "batchnorm_1/movingMean",
      "batchnorm_1/movingVariance",
    ]);
    model.setWeights([
      [3, 3],
      [1, 1],
      [[1], [1]],
      [1, 2],
      [4, 9],
    ]);
    const output = model.predict([[3, 5]]);
    // 3 · 2 / √4.001 + 1 + 3 · 3 / √9.001 + 1
    await expectClose(output, [[6 / Math.sqrt(4.001) + 9 / Math.sqrt(9.001) + 2]]);
    output.dispose();
  });

  it("names itself, what it expected and what came", () => {
    const layer = new BatchNorm();
    using model = new Sequential([layer], { inputShape: [4, 3] });
    expect(String(layer)).toBe("BatchNorm(3)");
    tf.tidy(() => {
      const message = "BatchNorm(3) expects input of shape [batch, 4, 3], got [2, 3].";
      expect(() => model.forward(tf.zeros([2, 3]))).toThrow(message);
      expect(() => new BatchNorm().forward(tf.zeros([2, 3]))).toThrow(
        "BatchNorm(…) has no input yet: it is built when a model takes the layer.",
      );
    });
    expect(() => build(new BatchNorm(), [])).toThrow("BatchNorm expects an input [batch, …, features], got [batch].");
    expect(() => build(new BatchNorm({ axis: 1 }), [4, 3])).toThrow(
      "BatchNorm works along the last axis of [batch, 4, 3], −1 or 2, got axis 1.",
    );
  });

  it.each([
    [{ momentum: 1 }, "BatchNorm expects momentum to be a number from 0 up to 1, 1 excluded, got 1."],
    [{ momentum: NaN }, "BatchNorm expects momentum to be a number from 0 up to 1, 1 excluded, got NaN."],
    [{ epsilon: 0 }, "BatchNorm expects epsilon to be a finite number above 0, got 0."],
    [{ epsilon: 1e-60 }, "BatchNorm expects epsilon to be a finite number above 0, got 1e-60."],
    [{ center: 1 }, "BatchNorm expects center to be true or false, got 1."],
    [{ scale: null }, "BatchNorm expects scale to be true or false, got null."],
    [{ axis: 0.5 }, "BatchNorm expects axis to be a whole number, got 0.5."],
    [{ eps: 1 }, 'BatchNorm has no option "eps". Did you mean "axis"?'],
  ])("refuses %o", (options, message) => {
    expect(() => new BatchNorm(options as BatchNormOptions)).toThrow(message);
  });

  it("reads what it writes, and refuses what rivulet would compute otherwise", () => {
    const saved = new BatchNorm({ momentum: 0.5, epsilon: 0.01, scale: false }).toSaved();
    const config = { axis: -1, epsilon: 0.01, center: true, scale: false, momentum: 0.5 };
    expect(saved).toEqual({ className: "BatchNormalization", config });
    expect(BatchNorm.fromSaved(saved.config).toSaved()).toEqual(saved);
    expect(BatchNorm.fromSaved({}).momentum).toBe(0.99);
    expect(() => BatchNorm.fromSaved({ momentum: "0.9" })).toThrow("BatchNorm expects momentum to be a number");
    expect(() => BatchNorm.fromSaved({ epsilon: null })).toThrow(
      "BatchNorm expects epsilon to be a finite number above 0, got null.",
    );
    expect(() => BatchNorm.fromSaved({ gamma_regularizer: { class_name: "L2" } })).toThrow(
      'A saved BatchNormalization holds "gamma_regularizer": {"class_name":"L2"}, which rivulet does not have.',
    );
  });

  it("takes the axis of a file where it is the last of its input", () => {
    const layer = build(BatchNorm.fromSaved({ axis: [2] }), [4, 3]);
    tf.dispose([...layer.parameters, ...layer.state]);
    expect(() => build(BatchNorm.fromSaved({ axis: 1 }), [4, 3])).toThrow(
      "BatchNorm works along the last axis of [batch, 4, 3], −1 or 2, got axis 1.",
    );
    expect(() => BatchNorm.fromSaved({ axis: [1, 2] })).toThrow(
      "BatchNorm expects axis to be a whole number, got [1,2].",
    );
  });
});
