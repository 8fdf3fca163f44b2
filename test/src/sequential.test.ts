import * as tf from "@tensorflow/tfjs-core";
import { Sequential, trainStep, type Layer, type RandomStream, type Shape } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { expectClose } from "../support/expect-close.ts";
import { curve, oneWeight, smallModel, weightsOf } from "../support/models.ts";

/** A layer of one's own: y = s x, one s for each input. */
class Scale implements Layer {
  scale: tf.Variable | undefined;

  get parameters() {
    return this.scale === undefined ? [] : [this.scale];
  }

  build(inputShape: Shape, random: RandomStream) {
    const values = Float32Array.from({ length: inputShape[0] as number }, () => 1 + random.uniform());
    this.scale = tf.tidy(() => tf.variable(tf.tensor1d(values)));
  }

  forward(x: tf.Tensor) {
    return tf.mul(x, this.scale as tf.Tensor);
  }
}

const weightOf = (model: Sequential) => model.parameters[0] as tf.Variable;

describe("Sequential", () => {
  it("infers shapes from inputShape, and names layers and parameters", () => {
    using model = new Sequential([new Dense({ units: 4 }), new Scale(), new Dense({ units: 2 })], { inputShape: [3] });
    expect(model.outputShape).toEqual([2]);
    expect(model.layerNames).toEqual(["dense_1", "scale_1", "dense_2"]);
    const names = ["dense_1/kernel", "dense_1/bias", "scale_1/scale", "dense_2/kernel", "dense_2/bias"];
    expect(model.parameters.map((parameter) => model.nameOf(parameter))).toEqual(names);
  });

  it("summarises itself", () => {
    using model = smallModel(42);
    expect(model.summary()).toBe(
      [
        "| layer   | what                  | output     | parameters |",
        "| :------ | :-------------------- | :--------- | ---------: |",
        "| dense_1 | Dense(1 → 4, sigmoid) | [batch, 4] |          8 |",
        "| dense_2 | Dense(4 → 1)          | [batch, 1] |          5 |",
        "",
        "13 parameters, seed 42",
      ].join("\n"),
    );
  });

  it("calls a layer of one's own by its class in the summary", () => {
    using model = new Sequential([new Scale()], { inputShape: [2] });
    expect(model.summary()).toContain("| scale_1 | Scale | [batch, 2] |          2 |");
  });

  it("trains a layer of one's own", async () => {
    using model = new Sequential([new Scale()], { inputShape: [1] });
    const optimizer = new SGD({ learningRate: 0.1 });
    await model.fit([[1], [2]], [[3], [6]], { loss: "mse", optimizer, epochs: 100, verbose: 0 });
    await expectClose(weightOf(model), [3], 1e-5);
  });

  it("starts from its seed: the same weights from one, others from another, and layers of one shape apart", async () => {
    const start = async (seed: number) => {
      const layers = [new Dense({ units: 2 }), new Dense({ units: 2 })];
      using model = new Sequential(layers, { inputShape: [2], seed });
      return weightsOf(model);
    };
    expect(await start(1)).toEqual(await start(1));
    expect(await start(1)).not.toEqual(await start(2));
    const [first, , second] = await start(1);
    expect(first).not.toEqual(second);
  });

  it("predicts in parts as it predicts at once", async () => {
    using model = smallModel();
    const { x } = curve(10);
    const whole = model.predict(x);
    const parts = model.predict(x, { batchSize: 3 });
    // Not to the bit: libtensorflow sums a product of few rows in another order.
    await expectClose(parts, await whole.array());
    tf.dispose([whole, parts]);
  });

  it("evaluates loss and metrics over samples, by batches of any size", async () => {
    using model = oneWeight();
    const x = [[1], [2], [3]];
    const y = [[0], [0], [0]];
    // Squares 1, 4, 9 and sizes 1, 2, 3.
    const expected = { loss: 14 / 3, mae: 2, worst: 3 };
    function worst(target: tf.Tensor, prediction: tf.Tensor): tf.Scalar {
      return tf.max(tf.abs(tf.sub(target, prediction)));
    }
    const whole = await model.evaluate(x, y, { loss: "meanSquaredError", metrics: ["mae", worst] });
    expect(Object.keys(whole)).toEqual(Object.keys(expected));
    await expectClose(Object.values(whole), Object.values(expected));
    const parts = await model.evaluate(x, y, { loss: "meanSquaredError", batchSize: 2 });
    expect(parts["loss"]).toBeCloseTo(14 / 3, 6);
  });

  it("hands its weights out and takes them back", async () => {
    using model = smallModel(1);
    using other = smallModel(2);
    const weights = model.getWeights();
    other.setWeights(weights);
    tf.dispose(weights);
    expect(await weightsOf(other)).toEqual(await weightsOf(model));
  });

  it("refuses weights that do not fit, and sets none", async () => {
    using model = smallModel();
    const before = await weightsOf(model);
    expect(() => model.setWeights([[[1]]])).toThrow("setWeights expects 4 arrays of values, got 1.");
    const last = [[[1, 2, 3, 4]], [1, 2, 3, 4], [[1], [2], [3], [4]], [1, 2]];
    expect(() => model.setWeights(last)).toThrow("setWeights expects dense_2/bias of shape [1], got [2].");
    expect(await weightsOf(model)).toEqual(before);
  });

  it("frees everything, once", () => {
    const before = tf.memory().numTensors;
    const model = smallModel();
    const { x, y } = curve(4);
    trainStep(model, x, y, { loss: "mse", optimizer: new SGD({ momentum: 0.9 }) }).dispose();
    model.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(model.isDisposed).toBe(true);
  });

  it("refuses every use after dispose", async () => {
    const model = smallModel();
    model.dispose();
    const message = "This model was disposed, and its weights are gone. Make a new one.";
    const options = { loss: "mse", optimizer: new SGD() } as const;
    expect(() => model.predict([[1]])).toThrow(message);
    expect(() => model.getWeights()).toThrow(message);
    expect(() => model.setWeights([])).toThrow(message);
    expect(() => trainStep(model, [[1]], [[1]], options)).toThrow(message);
    await expect(model.fit([[1]], [[1]], options)).rejects.toThrow(message);
    await expect(model.evaluate([[1]], [[1]], { loss: "mse" })).rejects.toThrow(message);
  });

  const invalid = (value: unknown) => value as never;
  it.each([
    [[], { inputShape: [1] }, "Sequential expects layers to be an array of at least one layer, got []."],
    [
      [new Dense({ units: 1 })],
      { inputShape: [0] },
      "Sequential expects inputShape to be an array of sizes, such as [3], got [0].",
    ],
    [
      [new Dense({ units: 1 })],
      { inputShape: invalid(3) },
      "Sequential expects inputShape to be an array of sizes, such as [3], got 3.",
    ],
    [
      [new Dense({ units: 1 })],
      { inputShape: [1], seed: 0.5 },
      "Sequential expects seed to be a whole number, got 0.5.",
    ],
    [
      [new Dense({ units: 1 })],
      { inputShape: [28, 28] },
      "Dense(1 units) expects a flat input [batch, inputs], got [batch, 28, 28]. Flatten it to one axis first.",
    ],
  ] satisfies [Layer[], ConstructorParameters<typeof Sequential>[1], string][])(
    "refuses %o %o",
    (layers, options, message) => {
      expect(() => new Sequential(layers, options)).toThrow(message);
    },
  );

  it("refuses layers that do not fit each other, and leaves nothing behind", () => {
    /** Makes [batch, n] into [batch, n, 1]. */
    const expand: Layer = { parameters: [], build: () => {}, forward: (x) => tf.expandDims(x, -1) };
    const layers = [new Dense({ units: 2 }), expand, new Dense({ units: 1 })];
    expect(() => new Sequential(layers, { inputShape: [3] })).toThrow(
      "Dense(1 units) expects a flat input [batch, inputs], got [batch, 2, 1].",
    );
  });

  it("refuses a layer that belongs to another model", () => {
    const layer = new Dense({ units: 1 });
    using model = new Sequential([layer], { inputShape: [1] });
    expect(() => new Sequential([layer], { inputShape: [1] })).toThrow(
      "Layer dense_1 already belongs to a model, with its parameters. Make a new layer for this one.",
    );
    expect(model.isDisposed).toBe(false);
  });

  it("refuses an input of another shape in predict and evaluate", async () => {
    using model = smallModel();
    expect(() => model.predict([[1, 2]])).toThrow("predict expects x of shape [batch, 1], got [1, 2].");
    expect(() => model.predict([[1], [NaN]])).toThrow("x holds NaN at row 1, column 0.");
    expect(() => model.predict([[1]], { batchSize: 0 })).toThrow("predict expects batchSize to be");
    await expect(model.evaluate([[1]], [[1, 2]], { loss: "mse" })).rejects.toThrow(
      "evaluate expects a target y of shape [1, 1], got [1, 2].",
    );
  });
});
