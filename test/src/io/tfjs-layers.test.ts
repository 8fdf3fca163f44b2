import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { Sequential, type Layer } from "rivulet";
import * as layers from "rivulet/layers";
import { Adagrad, Adam, AdamW, RMSProp, SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../support/expect-close.ts";
import { artifactsOf, copyOf, loadFrom, predictionOf } from "../../support/model-files.ts";
import { curve, smallModel } from "../../support/models.ts";

const { Activation, BatchNorm, Dense, Dropout, ELU, Flatten, LayerNorm, LeakyReLU, Normalization, ReLU, Reshape } =
  layers;
const { Softmax } = layers;

const x = [
  [0.5, -1, 2],
  [-0.25, 0.75, 1.5],
];

/** Frees a model of tfjs-layers', its optimizer too, one of whose scalars tfjs forgets. */
function disposeOf(model: tfl.LayersModel): void {
  const optimizer = model.optimizer as (tf.Optimizer & { c?: tf.Tensor }) | undefined;
  model.dispose();
  optimizer?.dispose();
  optimizer?.c?.dispose();
}

async function theirPrediction(model: tfl.LayersModel): Promise<number[]> {
  const output = tf.tidy(() => model.predict(tf.tensor2d(x)) as tf.Tensor);
  const values = Array.from(await output.data());
  output.dispose();
  return values;
}

/** All that a model of tfjs-layers' writes. */
async function saved(model: tfl.LayersModel): Promise<tf.io.ModelArtifacts> {
  const files: tf.io.ModelArtifacts[] = [];
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    files.push(artifacts);
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  });
  const { optimizer } = model as { optimizer?: tf.Optimizer };
  // tfjs forgets the count of steps that it makes a tensor of: hold on to it.
  const weights = optimizer === undefined ? [] : await optimizer.getWeights();
  if (optimizer !== undefined) optimizer.getWeights = async () => weights;
  await model.save(handler, { includeOptimizer: optimizer !== undefined });
  weights[0]?.tensor.dispose();
  return copyOf(files[0] as tf.io.ModelArtifacts);
}

const open = async (artifacts: tf.io.ModelArtifacts) => tfl.loadLayersModel(tf.io.fromMemory(artifacts));

// 1e-5 throughout: they are the same kernels, but tfjs-layers fuses and orders some of them otherwise.
describe("tfjs-layers opens what is saved here", () => {
  it.each([
    ["Dense without a bias", () => [new Dense({ units: 2, useBias: false })]],
    ["Dense with regularizers", () => [new Dense({ units: 2, kernelRegularizer: "l2", biasRegularizer: "l1" })]],
    ...(["linear", "sigmoid", "tanh", "relu", "softmax", "elu", "softplus"] as const).map(
      (activation) => [`Dense with ${activation}`, () => [new Dense({ units: 2, activation })]] as const,
    ),
    ["Activation", () => [new Activation({ activation: "tanh" })]],
    ["BatchNorm", () => [new BatchNorm()]],
    ["LayerNorm", () => [new LayerNorm()]],
    ["Normalization", () => [new Normalization({ mean: [1, 2, 3], variance: [4, 5, 6] }), new Dense({ units: 1 })]],
    [
      "Dropout, Reshape and Flatten",
      () => [new Dropout({ rate: 0.5 }), new Reshape({ targetShape: [3, 1] }), new Flatten()],
    ],
    ["activations as layers", () => [new ReLU(), new LeakyReLU(), new ELU(), new Softmax()]],
  ] satisfies (readonly [string, () => Layer[]])[])("%s", async (_, make) => {
    using model = new Sequential(make(), { inputShape: [3], seed: 1 });
    const theirs = await open(copyOf(await artifactsOf(model)));
    await expectClose(await theirPrediction(theirs), await predictionOf(model, x), 1e-5);
    disposeOf(theirs);
  });

  it.each([
    ["SGD", () => new SGD({ learningRate: 0.1 })],
    ["momentum", () => new SGD({ learningRate: 0.1, momentum: 0.9 })],
    ["Nesterov's momentum", () => new SGD({ learningRate: 0.1, momentum: 0.9, nesterov: true })],
    ["Adagrad", () => new Adagrad({ learningRate: 0.1 })],
    ["RMSProp", () => new RMSProp({ learningRate: 0.01 })],
    ["RMSProp with momentum", () => new RMSProp({ learningRate: 0.01, momentum: 0.9 })],
    ["Adam", () => new Adam({ learningRate: 0.01 })],
  ])("and goes on training with %s", async (_, make) => {
    const { x: inputs, y: targets } = curve(8);
    using model = smallModel();
    using optimizer = make();
    const options = { loss: "meanSquaredError", optimizer, batchSize: 4, shuffle: false, verbose: 0 } as const;
    await model.fit(inputs, targets, { ...options, epochs: 2 });
    const theirs = await open(copyOf(await artifactsOf(model, { optimizer })));
    const [xs, ys] = [tf.tensor2d(inputs), tf.tensor2d(targets)];
    const { history } = await theirs.fit(xs, ys, { batchSize: 4, shuffle: false, epochs: 2, verbose: 0 });
    const ours = await model.fit(inputs, targets, { ...options, epochs: 2 });
    await expectClose(history["loss"] as number[], ours.history["loss"] ?? [], 1e-5);
    tf.dispose([xs, ys]);
    disposeOf(theirs);
  });

  it.each([
    ["which tfjs does not have", () => new AdamW()],
    ["with decay, which tfjs does not have", () => new SGD({ weightDecay: 0.1 })],
    ["with clipping, which tfjs does not have", () => new Adam({ clipNorm: 1 })],
    ["with another ε than tfjs's", () => new Adagrad({ epsilon: 1e-3 })],
  ])("without an optimizer %s", async (_, make) => {
    using model = smallModel();
    using optimizer = make();
    const theirs = await open(copyOf(await artifactsOf(model, { optimizer })));
    expect(theirs.optimizer).toBeUndefined();
    disposeOf(theirs);
  });

  it("and saves it again: its seed is kept, its counts are not", async () => {
    using model = smallModel(11);
    const { x: inputs, y: targets } = curve(8);
    using optimizer = new SGD({ learningRate: 0.1 });
    await model.fit(inputs, targets, { loss: "mse", optimizer, verbose: 0 });
    const theirs = await open(copyOf(await artifactsOf(model)));
    using unchanged = await loadFrom({ ...(await saved(theirs)) });
    expect([unchanged.seed, unchanged.stepsTaken]).toEqual([11, 0]);
    expect(unchanged.history).toBeUndefined();
    disposeOf(theirs);
  });
});

describe("a file by tfjs-layers", () => {
  const dense = (units: number, activation: "tanh" | "linear") =>
    tfl.layers.dense({ units, activation, kernelInitializer: "glorotUniform", biasInitializer: "ones" });

  it("is opened, and predicts the same", async () => {
    const theirs = tfl.sequential({
      layers: [
        tfl.layers.batchNormalization({ inputShape: [3] }),
        dense(4, "tanh"),
        tfl.layers.layerNormalization(),
        tfl.layers.leakyReLU({ alpha: 0.2 }),
        tfl.layers.dropout({ rate: 0.5 }),
        tfl.layers.reshape({ targetShape: [2, 2] }),
        tfl.layers.flatten(),
        tfl.layers.activation({ activation: "relu" }),
        dense(2, "linear"),
        tfl.layers.softmax(),
      ],
    });
    using model = await loadFrom(await saved(theirs));
    await expectClose(await predictionOf(model, x), await theirPrediction(theirs), 1e-5);
    expect(model.seed).toBe(0);
    disposeOf(theirs);
  });

  it.each([
    ["sgd", () => tf.train.sgd(0.1), () => new SGD({ learningRate: 0.1 })],
    ["momentum", () => tf.train.momentum(0.1, 0.9), () => new SGD({ learningRate: 0.1, momentum: 0.9 })],
    ["adagrad", () => tf.train.adagrad(0.1), () => new Adagrad({ learningRate: 0.1 })],
    [
      "rmsprop",
      () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7),
      () => new RMSProp({ learningRate: 0.01, rho: 0.9, momentum: 0.5 }),
    ],
    ["adam", () => tf.train.adam(0.01, 0.9, 0.999, 1e-7), () => new Adam({ learningRate: 0.01 })],
  ])("goes on training with its %s", async (_, theirRule, ourRule) => {
    const { x: inputs, y: targets } = curve(8);
    const [xs, ys] = [tf.tensor2d(inputs), tf.tensor2d(targets)];
    const theirs = tfl.sequential({
      layers: [tfl.layers.inputLayer({ inputShape: [1] }), dense(3, "tanh"), dense(1, "linear")],
    });
    theirs.compile({ optimizer: theirRule(), loss: "meanSquaredError" });
    const options = { batchSize: 4, shuffle: false, epochs: 2, verbose: 0 } as const;
    await theirs.fit(xs, ys, options);
    using optimizer = ourRule();
    using model = await loadFrom(await saved(theirs), { optimizer });
    const { history } = await theirs.fit(xs, ys, options);
    const ours = await model.fit(inputs, targets, { ...options, loss: "mse", optimizer });
    await expectClose(ours.history["loss"] ?? [], history["loss"] as number[], 1e-5);
    tf.dispose([xs, ys]);
    disposeOf(theirs);
  });
});
