import type * as tf from "@tensorflow/tfjs-core";
import { describe, it } from "vitest";
import { artifactsOf, expectRefused, foreign, loadFrom } from "../../support/model-files.ts";
import { smallModel } from "../../support/models.ts";

/** A file of another program's, which no checksum protects: 1-4-1, 13 numbers in 52 bytes. */
async function plainFile(): Promise<tf.io.ModelArtifacts> {
  using model = smallModel();
  return foreign(await artifactsOf(model));
}

/** A layer as a file has it, to be changed. */
interface FileLayer {
  class_name: unknown;
  config: Record<string, unknown>;
}

const start = "Cannot load the IOHandler: ";
const layers = "modelTopology.config.layers";

/** Deeper than any call stack. */
function nested(levels: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

const onlyLayers = (list: unknown) => ({ modelTopology: { class_name: "Sequential", config: { layers: list } } });

describe("a file that is no model is refused:", () => {
  it.each([
    ["nothing", undefined, "what was read must be a model's artifacts, got undefined."],
    ["an array", [], "what was read must be a model's artifacts, got []."],
    ["an empty object", {}, "modelTopology must be an object, got undefined."],
    ["bytes", { modelTopology: new ArrayBuffer(8) }, 'modelTopology.class_name must be "Sequential", got undefined.'],
    [
      "a graph",
      { format: "graph-model" },
      'format must be "layers-model", got "graph-model". rivulet reads no graphs: convert the model with tensorflowjs_converter\'s --output_format tfjs_layers_model.',
    ],
    [
      "a network with branches",
      { modelTopology: { class_name: "Functional", config: { layers: [] } } },
      'modelTopology.class_name must be "Sequential", got "Functional". rivulet reads networks in which each layer is fed by the one before.',
    ],
    ["no layers", onlyLayers([]), `${layers} must be an array of 1 to 1000 layers, got 0.`],
    ["layers that are none", onlyLayers({}), `${layers} must be an array of 1 to 1000 layers, got {}.`],
    ["too many", onlyLayers(Array(1001)), `${layers} must be an array of 1 to 1000 layers, got 1001.`],
    ["an abyss", { modelTopology: nested(100_000) }, "its JSON is nested more than 64 levels deep."],
    [
      "a stream",
      { modelTopology: {}, getWeightStream: () => {} },
      "its IOHandler streams the weights. Leave its option streamWeights out.",
    ],
    [
      "a text for weights",
      { modelTopology: {}, weightData: "AAAA" },
      'weightData must be an ArrayBuffer, or an array of them, got "AAAA".',
    ],
  ])("%s", async (_, artifacts, message) => {
    await expectRefused(loadFrom(artifacts), start + message);
  });
});

describe("a network that makes no sense is refused:", () => {
  it.each([
    [
      "an unknown layer",
      { class_name: "Conv9D" },
      `${layers}[1] ("dense_2"): There is no layer class "Conv9D". Did you`,
    ],
    ["constructor", { class_name: "constructor" }, `${layers}[1] ("dense_2"): There is no layer class "constructor".`],
    ["__proto__", { class_name: "__proto__" }, `${layers}[1] ("dense_2"): There is no layer class "__proto__".`],
    ["no class", { class_name: undefined }, `${layers}[1].class_name must be a text, got undefined.`],
    ["no config", { config: undefined }, `${layers}[1].config must be an object, got undefined.`],
    ["no name", { config: { units: 1 } }, `${layers}[1].config.name must be a text, got undefined.`],
    ["an empty name", { config: { name: "" } }, `${layers}[1].config.name must be a text, got "".`],
    [
      "the name of another",
      { config: { name: "dense_1", units: 1 } },
      `${layers}[1].config.name must be no other layer's, got "dense_1".`,
    ],
  ])("%s", async (_, change, message) => {
    const file = await plainFile();
    const list = (file.modelTopology as { config: { layers: unknown[] } }).config.layers;
    list[1] = { ...(list[1] as object), ...change };
    await expectRefused(loadFrom(file), start + message);
  });

  it.each([
    [{ activation: "__proto__" }, `${layers}[0] ("dense_1"): There is no activation "__proto__". Did you mean `],
    [
      { activation: "leaky_reluu" },
      `${layers}[0] ("dense_1"): There is no activation "leaky_reluu". Did you mean "leakyRelu"?`,
    ],
    [{ activation: "sigmiod" }, `${layers}[0] ("dense_1"): There is no activation "sigmiod". Did you mean "sigmoid"?`],
    [
      { units: 1e9 },
      "Dense(1 → 1000000000)'s kernel of shape [1, 1000000000] holds 1000000000 values, more than the file has.",
    ],
    [{ units: 1e300 }, `${layers}[0] ("dense_1"): Dense expects units to be a whole number above 0, got 1e+300.`],
    [{ units: 3 }, 'weight "dense_1/kernel" must be of shape [1, 3], got [1, 4].'],
    [{ use_bias: false }, 'no layer has a place for its weight "dense_1/bias".'],
    [
      { batch_input_shape: [null, 2, 2] },
      "Dense(4 units) expects a flat input [batch, inputs], got [batch, 2, 2]. Flatten it to one axis first.",
    ],
    [
      { batch_input_shape: undefined },
      `${layers}[0].config.batch_input_shape must be a shape such as [null, 3], got undefined. The batch comes first, as null.`,
    ],
    ...(
      [
        [[null], "2 to 6 sizes, got [null]. The batch comes first, as null."],
        [["a", 1], '2 to 6 sizes, got ["a",1]. The batch comes first, as null.'],
        [Array.from({ length: 1e6 }, () => 1), "2 to 6 sizes, got [1,1,1,"],
        [[null, 0], "whole numbers above 0 but for the batch, got [null,0]."],
        [[null, -3], "whole numbers above 0 but for the batch, got [null,-3]."],
        [[null, 1.5], "whole numbers above 0 but for the batch, got [null,1.5]."],
        [[null, [2]], "whole numbers above 0 but for the batch, got [null,[2]]."],
        [[null, 1e9], "of at most 4194304 values a sample, got [1000000000]."],
        [[null, 1e9, 1e9, 1e9], "of at most 4194304 values a sample, got [1000000000,1000000000,1000000000]."],
      ] as const
    ).map(([shape, message]): readonly [object, string] => [
      { batch_input_shape: shape },
      `${layers}[0].config.batch_input_shape must be ${message}`,
    ]),
  ] satisfies (readonly [object, string])[])("%o", async (change: object, message: string) => {
    const file = await plainFile();
    const [first] = (file.modelTopology as { config: { layers: FileLayer[] } }).config.layers;
    Object.assign(first?.config ?? {}, change);
    await expectRefused(loadFrom(file), start + message);
  });
});
