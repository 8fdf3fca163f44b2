import * as tf from "@tensorflow/tfjs-core";
import { checkGradients, Sequential, trainStep, type ActivationLike } from "rivulet";
import { Dense, type DenseOptions } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { l1l2 } from "../../src/regularizers.ts";
import { expectClose } from "../support/expect-close.ts";
import { weightsOf } from "../support/models.ts";

const kernel = [
  [1, 2],
  [3, 4],
  [5, 6],
];

function modelOf(options: DenseOptions, inputs = 3, seed = 0): Sequential {
  return new Sequential([new Dense(options)], { inputShape: [inputs], seed });
}

describe("Dense", () => {
  it("is x W + b", async () => {
    using model = modelOf({ units: 2, kernelInitializer: kernel, biasInitializer: [10, 20] });
    const output = model.predict([
      [1, 0, -1],
      [0, 2, 0],
    ]);
    // [1 − 5 + 10, 2 − 6 + 20], [6 + 10, 8 + 20]
    await expectClose(output, [
      [6, 16],
      [16, 28],
    ]);
    output.dispose();
  });

  it("is x W without a bias", async () => {
    using model = modelOf({ units: 2, kernelInitializer: kernel, useBias: false });
    expect(model.parameters).toHaveLength(1);
    const output = model.predict([[1, 1, 1]]);
    await expectClose(output, [[9, 12]]);
    output.dispose();
  });

  // Each activation's closed form at z = −2, 0, 1: computed in float64.
  it.each([
    ["linear", [-2, 0, 1]],
    ["sigmoid", [0.11920292202211755, 0.5, 0.7310585786300049]],
    ["tanh", [-0.9640275800758169, 0, 0.7615941559557649]],
    ["relu", [0, 0, 1]],
    // e⁻², 1, e over their sum
    ["softmax", [0.035119026, 0.25949646, 0.705384513]],
  ] satisfies [ActivationLike, number[]][])("applies %s", async (activation, expected) => {
    const identity = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    using model = modelOf({ units: 3, kernelInitializer: identity, activation });
    const output = model.predict([[-2, 0, 1]]);
    // 5e-6: WASM approximates the exponential.
    await expectClose(output, [expected], 5e-6);
    output.dispose();
  });

  it("applies a function as its activation", async () => {
    using model = modelOf({ units: 1, kernelInitializer: [[1]], activation: (z) => tf.square(z) }, 1);
    const output = model.predict([[3]]);
    await expectClose(output, [[9]]);
    output.dispose();
  });

  it.each(["linear", "sigmoid", "tanh", "relu", "softmax"] satisfies ActivationLike[])(
    "has the gradient of central differences with %s",
    async (activation) => {
      using model = modelOf({ units: 3, activation, biasInitializer: [0.3, -0.4, 0.5] }, 2, 3);
      const x = [
        [0.5, -1],
        [1.5, 0.25],
      ];
      const y = [
        [1, 0, 0],
        [0, 1, 0],
      ];
      const check = await checkGradients(model, x, y, "meanSquaredError");
      expect(check.error).toBeLessThan(1e-3);
      expect(check.passed).toBe(true);
    },
  );

  it("starts from Glorot's uniform distribution and a bias of zeros", async () => {
    using model = modelOf({ units: 200 }, 100);
    const [weights, bias] = await weightsOf(model);
    const values = (weights as number[][]).flat();
    const limit = Math.sqrt(6 / (100 + 200));
    expect(Math.max(...values)).toBeLessThanOrEqual(limit);
    expect(Math.max(...values)).toBeGreaterThan(0.99 * limit);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-limit);
    // 20,000 draws: the mean's standard deviation is l / √(3 n) ≈ 0.0006, the variance's l² · 0.298 / √n ≈ 4e-5.
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.003);
    expect(Math.abs(variance - limit ** 2 / 3)).toBeLessThan(2e-4);
    expect(bias).toEqual(Array.from({ length: 200 }, () => 0));
  });

  it("adds what its regularizers make of kernel and bias to the loss, in training", async () => {
    const options = { kernelInitializer: [[2], [-3]], biasInitializer: [4] };
    const dense = new Dense({
      units: 1,
      ...options,
      kernelRegularizer: l1l2({ l1: 1, l2: 0.5 }),
      biasRegularizer: "l2",
    });
    using model = new Sequential([dense], { inputShape: [2] });
    const optimizer = new SGD({ learningRate: 1 });
    const loss = trainStep(model, [[0, 0]], [[4]], { loss: "meanSquaredError", optimizer });
    // |2| + |−3| + ½ (4 + 9) + 0.01 · 16; slopes sign w + w, and 0.02 b.
    await expectClose(loss, 11.66);
    await expectClose(dense.kernel as tf.Tensor, [[2 - 3], [-3 + 4]]);
    await expectClose(dense.bias as tf.Tensor, [4 - 0.08]);
    expect(new Dense({ units: 1 }).penalty()).toBeUndefined();
    loss.dispose();
  });

  it("reads what it writes", () => {
    const dense = new Dense({
      units: 2,
      activation: "leakyRelu",
      useBias: false,
      kernelInitializer: "heNormal",
      biasInitializer: [1, 2],
      kernelRegularizer: l1l2({ l1: 0.25 }),
    });
    const saved = dense.toSaved();
    expect(saved).toEqual({
      className: "Dense",
      config: {
        units: 2,
        activation: "leaky_relu",
        use_bias: false,
        kernel_initializer: { class_name: "HeNormal", config: { seed: null } },
        // Values are weights, which follow in the file.
        bias_initializer: { class_name: "Zeros", config: {} },
        kernel_regularizer: { class_name: "L1L2", config: { l1: 0.25, l2: 0 } },
        bias_regularizer: null,
      },
    });
    expect(Dense.fromSaved(saved.config).toSaved()).toEqual(saved);
    const plain = Dense.fromSaved({ units: 3 });
    expect([plain.units, plain.useBias, String(plain)]).toEqual([3, true, "Dense(… → 3)"]);
  });

  it.each([
    [{}, "Dense expects units to be a whole number above 0, got undefined."],
    [{ units: 1e300 }, "Dense expects units to be a whole number above 0, got 1e+300."],
    [{ units: "3" }, 'Dense expects units to be a whole number above 0, got "3".'],
    [{ units: 1, use_bias: null }, "Dense expects useBias to be true or false, got null."],
    [{ units: 1, activation: "constructor" }, 'There is no activation "constructor".'],
    [{ units: 1, activation: { class_name: "LeakyReLU" } }, "A saved Dense expects activation to be a name, got {"],
    [
      { units: 1, kernel_initializer: 5 },
      "A saved Dense expects kernel_initializer to be a name, or { class_name, config }, got 5.",
    ],
    [
      { units: 1, bias_regularizer: "l2" },
      'A saved Dense expects bias_regularizer to be null or { class_name, config }, got "l2".',
    ],
    [
      { units: 1, kernel_constraint: { class_name: "NonNeg" } },
      'A saved Dense holds "kernel_constraint": {"class_name":"NonNeg"}',
    ],
    [
      JSON.parse('{"__proto__": {"units": 2}}'),
      'A saved Dense holds "__proto__": {"units":2}, which rivulet does not have.',
    ],
  ])("refuses to read %j", (config, message) => {
    expect(() => Dense.fromSaved(config)).toThrow(message);
  });

  it("cannot be saved with a function of one's own, and says what to do", () => {
    const activation = (z: tf.Tensor): tf.Tensor => tf.neg(z);
    expect(() => new Dense({ units: 1, activation }).toSaved()).toThrow(
      "Dense(… → 1, activation) cannot be saved: a file cannot hold its activation, a function of your own. " +
        "Put that into a layer of your own, with a toSaved() and a reader for loading.",
    );
    const kernelRegularizer = (weights: tf.Tensor): tf.Scalar => tf.sum(weights);
    expect(() => new Dense({ units: 1, kernelRegularizer }).toSaved()).toThrow(
      "Dense(… → 1) cannot be saved: a file cannot hold its regularizer, a function of your own. " +
        "Leave that out of the layer and add it in a loss of your own.",
    );
  });

  it("takes one input, one unit and one sample", async () => {
    using model = modelOf({ units: 1, kernelInitializer: "ones", biasInitializer: "ones" }, 1);
    const output = model.predict([[2]]);
    await expectClose(output, [[3]]);
    output.dispose();
  });

  it("names itself, what it expected and what came", () => {
    const dense = new Dense({ units: 2 });
    using model = new Sequential([dense], { inputShape: [3] });
    tf.tidy(() => {
      expect(() => dense.forward(tf.zeros([4, 5]))).toThrow(
        "Dense(3 → 2) expects input of shape [batch, 3], got [4, 5].",
      );
      expect(() => model.forward(tf.zeros([3]))).toThrow("Dense(3 → 2) expects input of shape [batch, 3], got [3].");
    });
  });

  it("describes itself", () => {
    using model = new Sequential([new Dense({ units: 2, activation: "relu" }), new Dense({ units: 1 })], {
      inputShape: [3],
    });
    expect(model.layers.map(String)).toEqual(["Dense(3 → 2, relu)", "Dense(2 → 1)"]);
  });

  const invalid = (value: unknown) => value as never;
  it.each([
    [{ units: 0 }, "Dense expects units to be a whole number above 0, got 0."],
    [{ units: 1.5 }, "Dense expects units to be a whole number above 0, got 1.5."],
    [{ units: NaN }, "Dense expects units to be a whole number above 0, got NaN."],
    [{ units: invalid("4") }, 'Dense expects units to be a whole number above 0, got "4".'],
    [
      { units: 2, activation: invalid("sigmiod") },
      'There is no activation "sigmiod". Did you mean "sigmoid"? Known: linear',
    ],
    [{ units: 2, kernelRegularizer: invalid("l3") }, 'There is no regularizer "l3". Did you mean "l1"? Known: l1, l2.'],
    [{ units: 2, kernelInitializer: invalid("glorot") }, 'There is no initializer "glorot".'],
    [{ units: 2, kernelInitializer: [[1, 2]] }, "Dense(3 → 2)'s kernel expects values of shape [3, 2], got [1, 2]."],
    [{ units: 2, biasInitializer: [1, 2, 3] }, "Dense(3 → 2)'s bias expects values of shape [2], got [3]."],
    [{ units: 2, biasInitializer: [1, NaN] }, "Dense(3 → 2)'s bias holds NaN at row 1. Start from finite numbers."],
    [
      { units: 2, biasInitializer: () => new Float32Array(3) },
      "Dense(3 → 2)'s bias expects 2 values for its shape [2], got 3.",
    ],
  ])("refuses %o", (options, message) => {
    expect(() => modelOf(options)).toThrow(message);
  });
});
