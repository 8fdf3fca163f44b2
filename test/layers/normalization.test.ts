import * as tf from "@tensorflow/tfjs-core";
import { checkGradients, Sequential, trainStep, type Data } from "rivulet";
import { Dense, Normalization, type NormalizationOptions } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { expectClose } from "../support/expect-close.ts";
import { build, ThroughLayer } from "../support/through-layer.ts";

const x = [
  [1, 200],
  [2, 400],
  [6, 300],
];
/** (x − mean) / √variance, with mean 3, 300 and the biased variance 14 / 3, 20,000 / 3. */
const normalised = x.map(([a = 0, b = 0]) => [(a - 3) / Math.sqrt(14 / 3), (b - 300) / Math.sqrt(20_000 / 3)]);

const step = { loss: "meanSquaredError", optimizer: new SGD({ learningRate: 0.1 }) } as const;

describe("Normalization", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  afterEach(() => {
    expect(warn.mock.calls).toEqual([]);
  });

  it.each([
    ["before", true],
    ["after", false],
  ])("adapts %s a model takes it", async (_, isBefore) => {
    const layer = new Normalization();
    if (isBefore) await layer.adapt(x);
    using model = new Sequential([layer], { inputShape: [2] });
    if (!isBefore) await layer.adapt(x);
    const output = model.predict(x);
    await expectClose(output, normalised);
    output.dispose();
    await expectClose(layer.mean as tf.Tensor, [3, 300]);
    await expectClose(layer.variance as tf.Tensor, [14 / 3, 20_000 / 3]);
  });

  it("adapts to tensors, typed arrays and samples of any shape, and forgets what was before", async () => {
    const layer = new Normalization();
    using model = new Sequential([layer], { inputShape: [1, 2] });
    const tensor = tf.tensor3d([x.map(([a = 0, b = 0]) => [a * 10, b])]);
    await layer.adapt(tensor);
    await expectClose(layer.mean as tf.Tensor, [30, 300]);
    await layer.adapt({ values: Float64Array.of(...x.flat()), shape: [3, 1, 2] });
    const output = model.predict(x.map((row) => [row]));
    await expectClose(
      output,
      normalised.map((row) => [row]),
    );
    tf.dispose([tensor, output]);
  });

  it("computes in float64: a small spread far from 0 is not lost", async () => {
    // In float32, the squares of these, about 1e10, would be a thousand apart.
    const layer = new Normalization();
    await layer.adapt([[100_000], [100_001], [100_002], [100_003]]);
    using model = new Sequential([layer], { inputShape: [1] });
    await expectClose(layer.variance as tf.Tensor, [1.25]);
    const output = model.predict([[100_003]]);
    // The mean 100,001.5 is a float32, and so is what is left.
    await expectClose(output, [[1.5 / Math.sqrt(1.25)]]);
    output.dispose();
  });

  it("takes a mean and a variance that are known", async () => {
    using model = new Sequential([new Normalization({ mean: [1, 2], variance: Float32Array.of(4, 0) })], {
      inputShape: [2],
    });
    const output = model.predict([[3, 2.5]]);
    // Keras's floor: 0.5 / 1e-7.
    await expectClose(output, [[1, 5e6]]);
    model.setWeights([
      [1, 2],
      [4, 0],
    ]);
    const again = model.predict([[3, 2.5]]);
    await expectClose(again, [[1, 5e6]]);
    tf.dispose([output, again]);
  });

  it("says which columns are constant: they become 0, as in Keras", async () => {
    const layer = new Normalization();
    await layer.adapt([
      [5, 1, 0.1],
      [5, 2, 0.1],
      [5, 3, 0.1],
    ]);
    using model = new Sequential([layer], { inputShape: [3] });
    const output = model.predict([[5, 2, 0.1]]);
    await expectClose(output, [[0, 0, 0]]);
    output.dispose();
    await layer.adapt([
      [5, 1, 1],
      [5, 2, 2],
    ]);
    expect(warn.mock.calls).toEqual([
      [
        "Columns 0, 2 of x are constant: normalised to 0, and any other value there to ten million times its distance. " +
          "Leave out what says nothing.",
      ],
      [
        "Column 0 of x is constant (5): normalised to 0, and any other value there to ten million times its distance. " +
          "Leave out what says nothing.",
      ],
    ]);
    warn.mockClear();
  });

  it("is saved with the weights, and does not move in training", async () => {
    const layer = new Normalization({ mean: [3], variance: [4] });
    using model = new Sequential([layer, new Dense({ units: 1, kernelInitializer: "ones" })], { inputShape: [1] });
    expect(model.parameters).toHaveLength(2);
    expect(model.state.map((variable) => model.nameOf(variable))).toEqual([
      "normalization_1/mean",
      "normalization_1/variance",
    ]);
    const loss = trainStep(model, [[7]], [[1]], step);
    // ŷ = (7 − 3) / 2
    await expectClose(loss, 1);
    await expectClose(layer.mean as tf.Tensor, [3]);
    loss.dispose();
  });

  it("refuses to train before it has seen data, whoever gave it its values since", async () => {
    const layer = new Normalization();
    using model = new Sequential([layer, new Dense({ units: 1 })], { inputShape: [2] });
    const message =
      "Normalization(2) has seen no data. Before, await its adapt(x) with the training inputs, or give it mean and variance.";
    expect(() => trainStep(model, [[1, 2]], [[1]], step)).toThrow(message);
    expect(() => layer.toSaved()).toThrow(message);
    const output = tf.tidy(() => layer.forward(tf.tensor2d([[1, 2]])));
    await expectClose(output, [[1, 2]]);
    model.setWeights([[[1], [1]], [0], [1, 2], [1, 1]]);
    const loss = trainStep(model, [[1, 2]], [[1]], step);
    await expectClose(loss, 1);
    tf.dispose([output, loss]);
  });

  it("has the gradient of central differences", async () => {
    using model = new ThroughLayer(new Normalization({ mean: [1, 2], variance: [4, 0.25] }), [[0.5, 1]], 0);
    const check = await checkGradients(model, [[0]], [[1, 1]], "meanSquaredError");
    expect(check.error).toBeLessThan(1e-3);
    expect(check.passed).toBe(true);
  });

  it("takes one sample of one feature", async () => {
    const layer = new Normalization();
    await layer.adapt([[3]]);
    warn.mockClear();
    using model = new Sequential([layer], { inputShape: [1] });
    const output = model.predict([[3]]);
    await expectClose(output, [[0]]);
    output.dispose();
  });

  it("names itself, what it expected and what came", () => {
    const layer = new Normalization({ mean: [0, 0], variance: [1, 1] });
    expect(String(layer)).toBe("Normalization(…)");
    using model = new Sequential([layer], { inputShape: [4, 2] });
    expect(String(layer)).toBe("Normalization(2)");
    tf.tidy(() => {
      expect(() => model.forward(tf.zeros([2, 2]))).toThrow(
        "Normalization(2) expects input of shape [batch, 4, 2], got [2, 2].",
      );
    });
    expect(() => build(new Normalization({ mean: [0], variance: [1] }), [4, 2])).toThrow(
      "Normalization expects 2 means for its input [batch, 4, 2], got 1.",
    );
    expect(() => build(new Normalization(), [])).toThrow(
      "Normalization expects an input [batch, …, features], got [batch].",
    );
  });

  it.each([
    [[[1], [NaN]], "x holds NaN at row 1, column 0. Drop that row, or fill in a number"],
    [[[1, 2], [3]], "x is ragged: row 0 has 2 values, row 1 has 1 values."],
    [
      [1, 2, 3],
      "adapt expects x of shape [samples, …, features], got [3]. Give each sample a row of its own: [[1], [2], …].",
    ],
    [[], "adapt expects at least one sample, but x is empty."],
    [
      [[1e30], [-1e30]],
      "x spreads too far in column 0: its standard deviation is 1e+30, its square beyond float32. Divide that column by something first.",
    ],
    ["x", 'x expects a tensor, a nested array of numbers, or { values, shape }, got "x".'],
  ])("refuses to adapt to %o", async (data, message) => {
    await expect(new Normalization().adapt(data as Data)).rejects.toThrow(message);
  });

  it("refuses a tensor with a NaN, other features than the model's, and a model that is gone", async () => {
    const layer = new Normalization();
    const tensor = tf.tensor2d([[1, NaN]]);
    const model = new Sequential([layer], { inputShape: [2] });
    await expect(layer.adapt(tensor)).rejects.toThrow("x holds NaN at row 0, column 1.");
    await expect(layer.adapt([[1, 2, 3]])).rejects.toThrow(
      "adapt expects x of shape [1, 2], got [1, 3]. The model has that many features.",
    );
    model.dispose();
    await expect(layer.adapt(x)).rejects.toThrow("The model of this Normalization was disposed. Make both anew.");
    tensor.dispose();
  });

  it.each([
    [
      { mean: [1] },
      "Normalization expects variance to be an array of finite numbers, 0 or more, as many as mean has, got undefined.",
    ],
    [{ variance: [1] }, "Normalization expects mean to be an array of finite numbers, got undefined."],
    [
      { mean: [1], variance: [1, 2] },
      "Normalization expects variance to be an array of finite numbers, 0 or more, as many as mean has, got [1,2].",
    ],
    [
      { mean: [1], variance: [-1] },
      "Normalization expects variance to be an array of finite numbers, 0 or more, as many as mean has, got [-1].",
    ],
    [{ mean: [1e39], variance: [1] }, "Normalization expects mean to be an array of finite numbers, got [1e+39]."],
    [{ mean: ["1"], variance: [1] }, 'Normalization expects mean to be an array of finite numbers, got ["1"].'],
    [{ invert: true }, 'Normalization has no option "invert". Did you mean "mean"? Known: mean, variance, axis.'],
  ])("refuses %o", (options, message) => {
    expect(() => new Normalization(options as NormalizationOptions)).toThrow(message);
  });

  it("is written as a batch normalisation that never moves, and read back as itself", () => {
    const layer = build(new Normalization({ mean: [1], variance: [0] }), [1]);
    const saved = layer.toSaved();
    const config = { axis: -1, momentum: 1, epsilon: 1e-30, center: false, scale: false };
    expect(saved).toEqual({ className: "BatchNormalization", config });
    expect(Normalization.isSaved(saved.config)).toBe(true);
    expect(Normalization.isSaved({ ...config, epsilon: 1e-3 })).toBe(false);
    expect(Normalization.isSaved(Object.create(config) as typeof config)).toBe(false);
    expect(Normalization.fromSaved(saved.config)).toBeInstanceOf(Normalization);
    expect(() => Normalization.fromSaved({ ...config, invert: true })).toThrow(
      'A saved Normalization holds "invert": true, which rivulet does not have.',
    );
    tf.dispose([...layer.state]);
  });

  it("is saved with variances that tfjs-layers can divide by", async () => {
    const layer = build(new Normalization({ mean: [1, 2], variance: [0, 1e-20] }), [2]);
    // Keras's floor squared: √1e-14 = 1e-7. Relative to 1, so held by its root.
    const roots = tf.tidy(() => tf.mul(tf.sqrt(layer.variance as tf.Tensor), 1e7));
    await expectClose(roots, [1, 1]);
    tf.dispose([roots, ...layer.state]);
  });
});
