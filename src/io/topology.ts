import { isPositiveInteger } from "../hyperparameter.ts";
import type { Json, JsonObject, SavedLayer } from "../saved-layer.ts";
import { sizeOf, type Shape } from "../shape.ts";
import { entryOf, isObject } from "./json.ts";
import type { ModelFile } from "./model-file.ts";

/** A layer of a file, with what the file calls it. */
interface NamedLayer {
  readonly name: string;
  readonly saved: SavedLayer;
  /** Where it stands in the file. */
  readonly where: string;
}

/** What a network is made of, without its weights. */
export interface Topology {
  readonly inputShape: Shape;
  readonly layers: readonly NamedLayer[];
}

/** More than any network that trains here; each one is tried on two samples when the model is made. */
const mostLayers = 1000;

/** 4 Mi values, 16 MiB in float32. A larger sample must have weights to match, else whoever made it means harm. */
const largeSample = 2 ** 22;

/** What tfjs has operations for. */
const mostAxes = 6;

/**
 * A network as tfjs-layers' files have it: the shape with the batch axis and the type stand at the first layer.
 *
 * @param weights how many numbers its weights hold
 * @throws ModelFileError for one that could not be read again
 */
export function writeTopology(file: ModelFile, { inputShape, layers }: Topology, weights: number): JsonObject {
  file.expect(layers.length <= mostLayers, "the network", `of at most ${mostLayers} layers`, layers.length);
  expectSample(file, "the input's shape", inputShape, weights);
  const first = { batch_input_shape: [null, ...inputShape], dtype: "float32" };
  return {
    class_name: "Sequential",
    config: {
      name: "sequential",
      layers: layers.map(({ name, saved }, index) => ({
        class_name: saved.className,
        config: { ...saved.config, name, ...(index === 0 ? first : {}) },
      })),
    },
  };
}

function expectSample(file: ModelFile, where: string, inputShape: Shape, weights: number): void {
  const most = Math.max(largeSample, weights);
  file.expect(sizeOf(inputShape) <= most, where, `of at most ${most} values a sample`, inputShape);
}

/**
 * A network from a file by tfjs-layers, Keras or rivulet, where each may have its own way: Keras's HDF5 files put it within
 * `model_config`, old ones list the layers in `config` itself, Keras 3 says `batch_shape` and starts with an InputLayer.
 *
 * @param weights how many numbers its weights hold
 * @throws ModelFileError for what is no Sequential, a shape that no sample can have, or layers without names of their own
 */
export function readTopology(file: ModelFile, modelTopology: unknown, weights: number): Topology {
  file.expect(isObject(modelTopology), "modelTopology", "an object", modelTopology);
  const within = entryOf(modelTopology, "model_config");
  const where = within === undefined ? "modelTopology" : "modelTopology.model_config";
  const model = within ?? modelTopology;
  const className = entryOf(model, "class_name");
  const mend = "rivulet reads networks in which each layer is fed by the one before.";
  file.expect(className === "Sequential", `${where}.class_name`, '"Sequential"', className, mend);
  const config = entryOf(model, "config");
  const listed = Array.isArray(config) ? config : entryOf(config, "layers");
  const path = Array.isArray(config) ? `${where}.config` : `${where}.config.layers`;
  const isList = Array.isArray(listed) && listed.length > 0 && listed.length <= mostLayers;
  file.expect(isList, path, `an array of 1 to ${mostLayers} layers`, Array.isArray(listed) ? listed.length : listed);
  const all = (listed as readonly Json[]).map((layer, index) => readNamedLayer(file, `${path}[${index}]`, layer));
  const [first] = all as [NamedLayer, ...NamedLayer[]];
  const layers = first.saved.className === "InputLayer" ? all.slice(1) : all;
  file.expect(layers.length > 0, path, "at least one layer besides the InputLayer", all.length);
  expectNamesApart(file, layers);
  const { inputShape, where: place } = readInputShape(file, first, config);
  expectSample(file, place, inputShape, weights);
  return { inputShape, layers };
}

function readNamedLayer(file: ModelFile, where: string, layer: Json): NamedLayer {
  const className = entryOf(layer, "class_name");
  file.expect(typeof className === "string", `${where}.class_name`, "a text", className);
  const config = entryOf(layer, "config");
  file.expect(isObject(config), `${where}.config`, "an object", config);
  const name = entryOf(config, "name");
  file.expect(typeof name === "string" && name !== "", `${where}.config.name`, "a text", name);
  return { name, saved: { className, config }, where };
}

function expectNamesApart(file: ModelFile, layers: readonly NamedLayer[]): void {
  const names = new Set<string>();
  for (const { name, where } of layers) {
    file.expect(!names.has(name), `${where}.config.name`, "no other layer's", name);
    names.add(name);
  }
}

/** Of the first layer, whatever its class; of the model where that says nothing, as in some of Keras 2's files. */
function readInputShape(
  file: ModelFile,
  { saved, where }: NamedLayer,
  modelConfig: Json | undefined,
): { readonly inputShape: Shape; readonly where: string } {
  const key = ["batch_input_shape", "batch_shape"].find((candidate) => entryOf(saved.config, candidate) != null);
  const path = `${where}.config.${key ?? "batch_input_shape"}`;
  const shape = entryOf(saved.config, key ?? "") ?? entryOf(modelConfig, "build_input_shape");
  const mend = "The batch comes first, as null.";
  file.expect(Array.isArray(shape), path, "a shape such as [null, 3]", shape, mend);
  const [batch, ...inputShape] = shape as Json[];
  const isBatch = batch === null || isPositiveInteger(batch);
  file.expect(isBatch && shape.length > 1 && shape.length <= mostAxes, path, `2 to ${mostAxes} sizes`, shape, mend);
  file.expect(inputShape.every(isPositiveInteger), path, "whole numbers above 0 but for the batch", shape);
  return { inputShape, where: path };
}
