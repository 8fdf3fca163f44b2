import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../support/expect-close.ts";
import { expectRefused, loadFrom, predictionOf } from "../../support/model-files.ts";
import { weightsOf } from "../../support/models.ts";

const kernel = [1, -2, 3, 0.5, 0.25, -1];
const bias = [0.125, -0.5];

/** A dense layer 3 → 2, as Keras 2 and 3 write it; tensorflowjs_converter passes that on. */
const dense = {
  name: "dense",
  trainable: true,
  units: 2,
  activation: "linear",
  use_bias: true,
  kernel_initializer: { class_name: "GlorotUniform", config: { seed: null } },
  bias_initializer: { class_name: "Zeros", config: {} },
  kernel_regularizer: null,
  bias_regularizer: null,
  kernel_constraint: null,
  bias_constraint: null,
};

const keras2 = { class_name: "Dense", config: { ...dense, dtype: "float32", batch_input_shape: [null, 3] } };

const policy = { module: "keras", class_name: "DTypePolicy", config: { name: "float32" }, registered_name: null };
const module3 = { module: "keras.layers", registered_name: null, build_config: { input_shape: [null, 3] } };
const keras3 = [
  {
    ...module3,
    class_name: "InputLayer",
    config: { batch_shape: [null, 3], dtype: "float32", sparse: false, ragged: false, name: "input_layer" },
  },
  { ...module3, class_name: "Dense", config: { ...dense, dtype: policy } },
];

/** One group of weights: a prefix before their names, or the numbers packed otherwise. */
function weights(prefix = "", quantization?: tf.io.WeightsManifestEntry["quantization"]): tf.io.WeightsManifestEntry[] {
  const packed = quantization === undefined ? {} : { quantization };
  return [
    { name: `${prefix}dense/kernel`, shape: [3, 2], dtype: "float32", ...packed },
    { name: `${prefix}dense/bias`, shape: [2], dtype: "float32", ...packed },
  ];
}

const weightData = new Float32Array([...kernel, ...bias]).buffer;

/** x W + b for x = [1, 2, −1]. */
const expected = [1 + 6 - 0.25 + 0.125, -2 + 1 + 1 - 0.5];

describe("a file by Keras", () => {
  it.each([
    ["of Keras 2", { class_name: "Sequential", config: { name: "sequential", layers: [keras2] } }, ""],
    [
      "of Keras 2, from HDF5",
      {
        keras_version: "2.9.0",
        backend: "tensorflow",
        model_config: { class_name: "Sequential", config: { name: "sequential", layers: [keras2] } },
        training_config: { loss: "mse" },
      },
      "",
    ],
    ["of Keras 1", { class_name: "Sequential", config: [keras2] }, ""],
    [
      "with its shape at the model",
      {
        class_name: "Sequential",
        config: {
          name: "sequential",
          layers: [{ class_name: "Dense", config: dense }],
          build_input_shape: [null, 3],
        },
      },
      "",
    ],
    ["of Keras 3", { class_name: "Sequential", config: { name: "sequential", dtype: policy, layers: keras3 } }, ""],
    [
      "of Keras 3, its weights named after the model too",
      { class_name: "Sequential", config: { name: "sequential", layers: keras3 } },
      "sequential/",
    ],
    [
      "for batches of one size",
      {
        class_name: "Sequential",
        config: { layers: [{ ...keras2, config: { ...keras2.config, batch_input_shape: [32, 3] } }] },
      },
      "",
    ],
  ])("%s is opened", async (_, modelTopology, prefix) => {
    using model = await loadFrom({ format: "layers-model", modelTopology, weightSpecs: weights(prefix), weightData });
    expect(model.layerNames).toEqual(["dense_1"]);
    expect(await weightsOf(model)).toEqual([[kernel.slice(0, 2), kernel.slice(2, 4), kernel.slice(4)], bias]);
    // Exact in float32.
    expect(await predictionOf(model, [[1, 2, -1]])).toEqual(expected);
  });

  it("of another type than float32 is refused", async () => {
    const config = { ...dense, dtype: { ...policy, config: { name: "mixed_float16" } } };
    const layers = [keras3[0], { class_name: "Dense", config }];
    const modelTopology = { class_name: "Sequential", config: { layers } };
    await expectRefused(
      loadFrom({ modelTopology, weightSpecs: weights(), weightData }),
      `Cannot load the IOHandler: modelTopology.config.layers[1] ("dense"): A saved Dense expects dtype to be "float32", got {"`,
    );
  });

  it("with an InputLayer alone is refused", async () => {
    const modelTopology = { class_name: "Sequential", config: { layers: keras3.slice(0, 1) } };
    await expectRefused(
      loadFrom({ modelTopology, weightSpecs: weights(), weightData }),
      "Cannot load the IOHandler: modelTopology.config.layers must be at least one layer besides the InputLayer, got 1.",
    );
  });
});

describe("weights that tensorflowjs_converter has packed", () => {
  const modelTopology = { class_name: "Sequential", config: { layers: [keras2] } };

  it.each([
    ["uint8", 0.02, Uint8Array],
    ["uint16", 1e-4, Uint16Array],
  ] as const)("as %s are unpacked", async (dtype, scale, Packed) => {
    const min = -2;
    const packed = new Packed([...kernel, ...bias].map((value) => Math.round((value - min) / scale)));
    const file = { modelTopology, weightSpecs: weights("", { dtype, scale, min }), weightData: packed.buffer };
    using model = await loadFrom(file);
    const [unpacked] = model.parameters;
    // Half a step of the packing, and a little for its own rounding.
    await expectClose(unpacked as tf.Tensor, [kernel.slice(0, 2), kernel.slice(2, 4), kernel.slice(4)], scale * 0.51);
  });

  it("as float16 are unpacked, and refused where one is no number", async () => {
    // 1, −2, 3, 0.5, 0.25, −1, 0.125, −0.5: sign, five bits of exponent, ten of fraction.
    const packed = Uint16Array.of(0x3c00, 0xc000, 0x4200, 0x3800, 0x3400, 0xbc00, 0x3000, 0xb800);
    const file = { modelTopology, weightSpecs: weights("", { dtype: "float16" }), weightData: packed.buffer };
    using model = await loadFrom(file);
    expect(await predictionOf(model, [[1, 2, -1]])).toEqual(expected);
    packed[7] = 0x7e00;
    await expectRefused(
      loadFrom(file),
      'Cannot load the IOHandler: weight "dense/bias" holds NaN at its number 1. The model diverged before it was saved: take an earlier one.',
    );
  });
});
