import * as tf from "@tensorflow/tfjs-core";
import { awaitValues } from "../awaited-values.ts";
import { expectHyperparameter, expectOptions } from "../hyperparameter.ts";
import type { Layer } from "../layer.ts";
import { expectOptimizer, type Optimizer } from "../optimizer.ts";
import { quote } from "../quote.ts";
import { readLayer, type LayerReader } from "../saved-layer.ts";
import { sizeOf, type Shape } from "../shape.ts";
import { expectNoTidy } from "../tidy.ts";
import { readArtifacts, type ModelContent } from "./artifacts.ts";
import { fileToLoad, loaderOf, type ModelLocation } from "./handlers.ts";
import type { ModelFile } from "./model-file.ts";
import { matchWeights, type LoadedModel } from "./match-weights.ts";
import { matchOptimizer } from "./match-optimizer.ts";
import { noProvenance, type Provenance } from "./provenance.ts";
import { readWeight, type WeightSpec } from "./weights.ts";

/** What is read besides the model. */
export interface LoadOptions {
  /** One of the class that the file's was: from then on it remembers what that one did. Its options stay its own. */
  readonly optimizer?: Optimizer;
  /** Readers for layers of one's own, by the names of their classes in files. They go before rivulet's. */
  readonly layers?: Readonly<Record<string, LayerReader>>;
}

/** What a model is made of, and how far it was trained. */
interface ModelRecord extends Omit<Provenance, "optimizer"> {
  readonly inputShape: Shape;
}

/** Makes the model of layers that were read. */
type MakeModel<Model> = (layers: readonly Layer[], record: ModelRecord) => Model;

/** Loads a model. `Sequential.load` says what, and what is thrown. */
export async function loadModel<Model extends LoadedModel>(
  source: ModelLocation,
  options: LoadOptions,
  make: MakeModel<Model>,
): Promise<Model> {
  expectNoTidy("load");
  expectOptions("load", options, ["optimizer", "layers"]);
  const { optimizer, layers = {} } = options;
  if (optimizer !== undefined) expectOptimizer("load", optimizer);
  const isReaders = typeof layers === "object" && Object.values(layers).every((reader) => typeof reader === "function");
  expectHyperparameter(isReaders, "load", "layers", "an object of functions, each by its layer's class", layers);
  const file = fileToLoad(source);
  const load = await loaderOf(file, source);
  const artifacts = await load().catch((error: unknown) => {
    throw file.wrap(error);
  });
  const content = readArtifacts(file, artifacts);
  const values = new Map<WeightSpec, Float32Array>();
  for (const spec of content.specs.filter(({ dtype }) => dtype === "float32")) {
    values.set(spec, await readWeight(file, spec, content.weights));
  }
  return build(file, content, values, options, make);
}

/** Without awaiting anything: no other call sees a model that is half made. */
function build<Model extends LoadedModel>(
  file: ModelFile,
  content: ModelContent,
  values: ReadonlyMap<WeightSpec, Float32Array>,
  { optimizer, layers: own = {} }: LoadOptions,
  make: MakeModel<Model>,
): Model {
  const { topology, specs, provenance = noProvenance } = content;
  const layers = topology.layers.map(({ saved, name, where }) => {
    const place = `${where} (${quote(name)})`;
    return attempt(file, () => readLayer(saved, own), place);
  });
  const count = specs.reduce((sum, { shape, isOptimizers }) => (isOptimizers ? sum : sum + sizeOf(shape)), 0);
  const record = { ...provenance, inputShape: topology.inputShape };
  const model = attempt(file, () => awaitValues(count, () => make(layers, record)));
  try {
    const weights = matchWeights(file, topology, model, specs);
    const restore = optimizer === undefined ? undefined : matchOptimizer(file, content, weights, model, optimizer);
    tf.tidy(() => {
      for (const [variable, spec] of weights) variable.assign(tensorOf(spec, values));
      restore?.((spec) => tensorOf(spec, values));
    });
    return model;
  } catch (error) {
    model.dispose();
    throw file.wrap(error);
  }
}

function tensorOf(spec: WeightSpec, values: ReadonlyMap<WeightSpec, Float32Array>): tf.Tensor {
  return tf.tensor(values.get(spec) as Float32Array, [...spec.shape], "float32");
}

function attempt<Result>(file: ModelFile, act: () => Result, where = ""): Result {
  try {
    return act();
  } catch (error) {
    throw file.wrap(error, { where });
  }
}
