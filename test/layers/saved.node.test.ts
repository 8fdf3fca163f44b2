import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { Sequential, type Json, type JsonObject, type Layer, type NestedNumbers } from "rivulet";
import {
  Activation,
  BatchNorm,
  Dense,
  Dropout,
  ELU,
  Flatten,
  GELU,
  LayerNorm,
  LeakyReLU,
  Normalization,
  ReLU,
  Reshape,
  savedLayers,
  Sigmoid,
  Softmax,
  Softplus,
  Tanh,
} from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { stateOf } from "../../src/layer.ts";
import type { LayerReader, SavedLayer } from "../../src/saved-layer.ts";
import golden from "../golden/configs.json" with { type: "json" };
import { expectClose } from "../support/expect-close.ts";
import { build } from "../support/through-layer.ts";

const samples = [
  [
    [0.5, -1, 2],
    [1.5, 0.25, -3],
  ],
  [
    [-2, 4, 0.125],
    [0, -0.5, 1],
  ],
];

/** What a model predicts of the samples, in the shape that it takes. */
async function predicted(
  model: { predict(x: tf.Tensor): tf.Tensor | tf.Tensor[] },
  shape: readonly number[],
): Promise<NestedNumbers> {
  const x = tf.tidy(() => tf.reshape(tf.tensor3d(samples), [-1, ...shape]));
  try {
    const output = model.predict(x) as tf.Tensor;
    const numbers = (await output.array()) as NestedNumbers;
    output.dispose();
    return numbers;
  } finally {
    x.dispose();
  }
}

/** A layer alone in a model of tfjs-layers. */
async function inTfjsLayers({ className, config }: SavedLayer, shape: readonly number[]): Promise<tfl.LayersModel> {
  const general = { name: "layer_1", trainable: true, batch_input_shape: [null, ...shape], dtype: "float32" };
  const layers = [{ class_name: className, config: { ...config, ...general } }];
  const modelTopology = { class_name: "Sequential", config: { name: "sequential_1", layers } };
  return tfl.models.modelFromJSON({ modelTopology });
}

const reader = (className: string): LayerReader =>
  (savedLayers as Record<string, LayerReader>)[className] as LayerReader;

/** Different numbers, all above 0, for a variance is. */
function weightsLike(variables: readonly { readonly shape: readonly (number | null)[] }[]): tf.Tensor[] {
  return variables.map(({ shape }, place) => {
    const size = tf.util.sizeFromShape(shape as number[]);
    return tf.tidy(() => tf.reshape(tf.add(tf.mul(tf.range(0, size), 0.25), place + 0.5), shape as number[]));
  });
}

describe("layers of rivulet in tfjs-layers", () => {
  it.each([
    [[6], () => new Dense({ units: 2, activation: "gelu" })],
    [[6], () => new Dense({ units: 3, activation: "softmax", useBias: false, kernelInitializer: "leCunNormal" })],
    [[6], () => new Dense({ units: 1, kernelRegularizer: "l2", kernelInitializer: "heUniform" })],
    [
      [6],
      () => new Dense({ units: 1, activation: "elu", kernelInitializer: "truncatedNormal", biasInitializer: "ones" }),
    ],
    [[3], () => new Activation({ activation: "linear" })],
    [[3], () => new Sigmoid()],
    [[3], () => new Tanh()],
    [[3], () => new ReLU()],
    [[3], () => new Softplus()],
    [[3], () => new GELU()],
    [[3], () => new LeakyReLU({ alpha: 0.125 })],
    [[3], () => new ELU()],
    [[2, 3], () => new Softmax()],
    [[2, 3], () => new Dropout({ rate: 0.5 })],
    [[2, 3], () => new Flatten()],
    [[6], () => new Flatten()],
    [[6], () => new Reshape({ targetShape: [2, -1] })],
    [[3], () => new BatchNorm()],
    [[2, 3], () => new BatchNorm({ epsilon: 0.5, scale: false })],
    [[3], () => new BatchNorm({ center: false })],
    [[3], () => new LayerNorm()],
    [[2, 3], () => new LayerNorm({ epsilon: 0.5, center: false })],
    [[2, 3], () => new Normalization({ mean: [0.5, 1, 4], variance: [4, 0, 0.25] })],
  ] satisfies [number[], () => Layer & { toSaved(): SavedLayer }][])(
    "predict the same, there and once read back: %j %#",
    async (shape, make) => {
      const layer = make();
      using model = new Sequential([layer], { inputShape: shape, seed: 3 });
      const saved = layer.toSaved();
      // As it stands in a file.
      const config = JSON.parse(JSON.stringify({ ...saved.config, name: "layer_1", trainable: true })) as JsonObject;
      const readBack = reader(saved.className)(config);
      using again = new Sequential([readBack], { inputShape: shape, seed: 4 });
      const theirs = await inTfjsLayers(saved, shape);
      const own =
        layer instanceof Normalization ? model.getWeights() : weightsLike([...layer.parameters, ...stateOf(layer)]);
      model.setWeights(own);
      again.setWeights(own);
      expect(readBack.toSaved?.()).toEqual(saved);
      theirs.layers[0]?.setWeights(own);
      const expected = await predicted(model, shape);
      // 2e-6 of a number's size: two ways through float32, and WASM's approximations of the exponential on both.
      await expectClose(await predicted(theirs, shape), expected, 2e-6);
      await expectClose(await predicted(again, shape), expected);
      tf.dispose(own);
      theirs.dispose();
    },
  );

  it("keep a Normalization to be told apart when tfjs-layers saves it again", async () => {
    const layer = new Normalization({ mean: [1, 2, 3], variance: [1, 1, 0] });
    using model = new Sequential([layer], { inputShape: [3] });
    const theirs = await inTfjsLayers(layer.toSaved(), [3]);
    const [written] = layersOf(theirs);
    expect(reader(written?.class_name ?? "")(written?.config ?? {})).toBeInstanceOf(Normalization);
    expect(model.outputShape).toEqual([3]);
    theirs.dispose();
  });

  it("are refused there where it does not have them: ELU with another α, leakyRelu in a Dense, four axes", async () => {
    await expect(inTfjsLayers(new ELU({ alpha: 2 }).toSaved(), [3])).rejects.toThrow("Non-default alpha value (2)");
    const dense = new Dense({ units: 1, activation: "leakyRelu" }).toSaved();
    await expect(inTfjsLayers(dense, [3])).rejects.toThrow("Unknown activation: leakyRelu");
    const deep = build(new BatchNorm(), [1, 1, 2, 3]);
    const theirs = await inTfjsLayers(deep.toSaved(), [1, 1, 2, 3]);
    await expect(predicted(theirs, [1, 1, 2, 3])).rejects.toThrow("not implemented for array of rank 5");
    tf.dispose([...deep.parameters, ...deep.state]);
    theirs.dispose();
  });
});

interface WrittenLayer {
  readonly class_name: string;
  readonly config: JsonObject;
}

/** The layers of a model as tfjs-layers writes them. */
function layersOf(model: tfl.LayersModel): WrittenLayer[] {
  const written = model.toJSON(null, false) as unknown as { config: { layers: WrittenLayer[] } };
  return JSON.parse(JSON.stringify(written.config.layers)) as WrittenLayer[];
}

describe("layers of tfjs-layers in rivulet", () => {
  const { layers } = tfl;
  it.each([
    [[6], () => layers.dense({ units: 2, activation: "tanh", inputShape: [6] })],
    [[6], () => layers.dense({ units: 2, useBias: false, kernelRegularizer: "l1l2", inputShape: [6] })],
    [
      [6],
      () => layers.dense({ units: 1, kernelInitializer: tfl.initializers.constant({ value: 2 }), inputShape: [6] }),
    ],
    [[3], () => layers.activation({ activation: "softplus", inputShape: [3] })],
    [[3], () => layers.reLU({ inputShape: [3] })],
    [[3], () => layers.leakyReLU({ inputShape: [3] })],
    [[3], () => layers.elu({ inputShape: [3] })],
    // Its axis is 1 unless told otherwise.
    [[3], () => layers.softmax({ inputShape: [3] })],
    [[2, 3], () => layers.dropout({ rate: 0.25, seed: 1, inputShape: [2, 3] })],
    [[2, 3], () => layers.flatten({ inputShape: [2, 3] })],
    [[6], () => layers.reshape({ targetShape: [3, -1], inputShape: [6] })],
    [[3], () => layers.batchNormalization({ inputShape: [3] })],
    [[2, 3], () => layers.batchNormalization({ scale: false, epsilon: 0.1, inputShape: [2, 3] })],
    // Written with the axis 2 in a list.
    [[2, 3], () => layers.layerNormalization({ inputShape: [2, 3] })],
  ] satisfies [number[], () => tfl.layers.Layer][])("predict the same: %j %#", async (shape, make) => {
    const theirs = tfl.sequential({ layers: [make()] });
    const [written] = layersOf(theirs);
    expect(written).toBeDefined();
    const layer = reader(written?.class_name ?? "")(written?.config ?? {});
    using model = new Sequential([layer], { inputShape: shape });
    const weights = weightsLike(theirs.getWeights());
    theirs.setWeights(weights);
    model.setWeights(weights);
    await expectClose(await predicted(model, shape), await predicted(theirs, shape), 2e-6);
    tf.dispose(weights);
    theirs.dispose();
  });

  it.each([
    ["BatchNormalization", { axis: 1 }, "BatchNorm works along the last axis of [batch, 2, 3], −1 or 2, got axis 1."],
    ["LayerNormalization", { axis: [1, 2] }, "LayerNorm expects axis to be a whole number, got [1,2]."],
    ["ReLU", { max_value: 6 }, 'A saved ReLU holds "max_value": 6, which rivulet does not have.'],
    ["Dense", { units: 1, kernel_constraint: { class_name: "MaxNorm", config: {} } }, "which rivulet does not have."],
    ["Flatten", { data_format: "channels_first" }, 'A saved Flatten expects data_format to be "channels_last"'],
  ] satisfies [string, Record<string, Json>, string][])(
    "are refused where the numbers would differ: %s %j",
    (name, config, message) => {
      expect(() => new Sequential([reader(name)(config)], { inputShape: [2, 3] })).toThrow(message);
    },
  );
});

describe("layers of Keras in rivulet", () => {
  it.each(golden.cases)("predict the same: $className %#", async ({ className, config, y }) => {
    const layer = reader(className)(config);
    using model = new Sequential([layer], { inputShape: [6] });
    const weights = weightsLike([...layer.parameters, ...stateOf(layer)]);
    model.setWeights(weights);
    const output = model.predict(golden.x);
    // 2e-6: the other side is of float32 too.
    await expectClose(output, y, 2e-6);
    tf.dispose([output, ...weights]);
  });
});
