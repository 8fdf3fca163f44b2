import * as tf from "@tensorflow/tfjs-core";
import type { History } from "../history.ts";
import { expectOptions } from "../hyperparameter.ts";
import type { Layer } from "../layer.ts";
import type { Loss } from "../losses.ts";
import { expectOptimizer, type Optimizer } from "../optimizer.ts";
import { quote } from "../quote.ts";
import type { JsonObject, SavedLayer } from "../saved-layer.ts";
import type { Shape } from "../shape.ts";
import { expectNoTidy } from "../tidy.ts";
import { fileToSave, saverOf, type ModelLocation } from "./handlers.ts";
import { expectShallow, isObject, unwritablePart } from "./json.ts";
import type { ModelFile } from "./model-file.ts";
import { writeOptimizer, type WrittenOptimizer } from "./optimizer-weights.ts";
import { generatedBy, writeProvenance, type Provenance } from "./provenance.ts";
import { writeTopology, type Topology } from "./topology.ts";
import { namedVariables } from "./weight-names.ts";

/** What is saved besides the model. */
export interface SaveOptions {
  /** What it remembers of the model goes into the file too, so that training can go on from there. */
  readonly optimizer?: Optimizer;
}

/** A model as it stands, with how far it was trained. */
export interface SavableModel {
  readonly layers: readonly Layer[];
  readonly layerNames: readonly string[];
  readonly inputShape: Shape;
  readonly seed: number;
  readonly stepsTaken: number;
  readonly epochsTrained: number;
  readonly history: History | undefined;
  readonly metadata: JsonObject | undefined;
  /** What it was last trained on. */
  readonly loss: Loss | undefined;
}

/** A tensor with its name in the file. */
interface NamedTensor {
  readonly name: string;
  readonly tensor: tf.Tensor;
}

/** All of a model at one moment. The tensors share their values with the model's, so that taking it is quick. */
interface Snapshot {
  readonly artifacts: Pick<tf.io.ModelArtifacts, "format" | "modelTopology" | "trainingConfig">;
  readonly provenance: Provenance;
  readonly weights: readonly NamedTensor[];
  /** What the optimizer remembers. */
  readonly state: readonly NamedTensor[];
}

/** Saves a model. `Sequential.save` says what, and what is thrown. */
export async function saveModel(
  model: SavableModel,
  target: ModelLocation,
  options: SaveOptions = {},
): Promise<tf.io.SaveResult> {
  expectNoTidy("save");
  expectOptions("save", options, ["optimizer"]);
  const file = fileToSave(target);
  // Before anything is awaited: a model that goes on training meanwhile is saved as it was when this was called.
  const snapshot = takeSnapshot(file, model, options.optimizer);
  try {
    const save = await saverOf(file, target);
    const artifacts = await readSnapshot(file, snapshot);
    return await save(artifacts).catch((error: unknown) => {
      throw file.wrap(error);
    });
  } finally {
    for (const { tensor } of [...snapshot.weights, ...snapshot.state]) tensor.dispose();
  }
}

function takeSnapshot(file: ModelFile, model: SavableModel, optimizer: Optimizer | undefined): Snapshot {
  if (optimizer !== undefined) expectOptimizer("save", optimizer);
  const topology = describe(file, model);
  const variables = model.layers.flatMap((layer, index) => namedVariables(layer, model.layerNames[index] as string));
  const twice = variables.find(({ name }, index) => variables.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw file.error(`two of its weights would be called ${quote(twice.name)}`);
  const count = variables.reduce((sum, { variable }) => sum + variable.size, 0);
  const modelTopology = writeTopology(file, topology, count);
  const trained = variables.filter(({ variable }) => variable.trainable);
  const written =
    optimizer === undefined ? undefined : attempt(file, () => writeOptimizer(optimizer, trained, model.loss));
  const { trainingConfig } = written ?? {};
  const { seed, stepsTaken, epochsTrained } = model;
  const history = attempt(file, () => structuredClone(model.history));
  const metadata = copyOfMetadata(file, model.metadata);
  // Tensors come last, where nothing can fail any more.
  return {
    artifacts: { format: "layers-model", modelTopology, ...(trainingConfig && { trainingConfig }) },
    provenance: {
      seed,
      stepsTaken,
      epochsTrained,
      history,
      optimizer: written?.saved,
      metadata,
    },
    weights: variables.map(({ name, variable }) => ({ name, tensor: tf.clone(variable) })),
    state: written === undefined ? [] : stateOf(written),
  };
}

function stateOf({ iterations, slots }: WrittenOptimizer): NamedTensor[] {
  const tensors = slots.map(({ name, parameter, values }) => {
    return { name, tensor: values === undefined ? tf.zerosLike(parameter) : tf.clone(values) };
  });
  return [{ name: "iter", tensor: tf.scalar(iterations, "int32") }, ...tensors];
}

/** The layers as files have them. @throws ModelFileError for one that no file can hold */
function describe(file: ModelFile, { layers, layerNames, inputShape }: SavableModel): Topology {
  const described = layers.map((layer, index) => {
    const name = layerNames[index] as string;
    const who = `layer ${quote(name)}`;
    if (layer.toSaved === undefined) {
      const mend = `Give its class ${layer.constructor.name} a method toSaved, which says how to make it again, or save the weights alone: getWeights().`;
      throw file.error(`${who} cannot say what it is`, { where: name, mend });
    }
    const saved: unknown = attempt(file, () => layer.toSaved?.(), name);
    return { name, saved: expectSaved(file, who, saved), where: name };
  });
  return { inputShape, layers: described };
}

/** A copy: what is changed while the weights are read must not come into the file. @throws ModelFileError for what is no JSON */
function copyOfMetadata(file: ModelFile, metadata: unknown): JsonObject | undefined {
  if (metadata === undefined) return undefined;
  file.expect(isObject(metadata), "metadata", "an object", metadata);
  expectShallow(file, metadata);
  const part = unwritablePart(metadata, "metadata");
  if (part === undefined) return structuredClone(metadata);
  throw file.error(`its ${part} is nothing that JSON can hold`, { mend: "Say it in texts and finite numbers." });
}

function expectSaved(file: ModelFile, who: string, saved: unknown): SavedLayer {
  const { className, config } = (saved ?? {}) as Partial<SavedLayer>;
  const isSaved = typeof className === "string" && typeof config === "object" && config !== null;
  file.expect(isSaved, `what ${who}'s toSaved returns`, "{ className, config }", saved);
  expectShallow(file, config);
  const part = unwritablePart(config, "config");
  if (part === undefined) return { className, config };
  throw file.error(`${who}'s ${part} is nothing that JSON can hold`, { mend: "Say it in texts and finite numbers." });
}

/** @throws ModelFileError for a number that is not finite: it would overwrite a model that works with one that does not */
async function readSnapshot(file: ModelFile, snapshot: Snapshot): Promise<tf.io.ModelArtifacts> {
  const { artifacts, provenance, weights, state } = snapshot;
  const { data, specs } = await tf.io.encodeWeights([...weights, ...state]);
  const weightSpecs = specs.map((spec, index) =>
    index < weights.length ? spec : { ...spec, group: "optimizer" as const },
  );
  expectFinite(file, weightSpecs, data);
  const metadata = writeProvenance(provenance, { ...artifacts, weightSpecs }, data);
  const userDefinedMetadata = metadata as Record<string, object>;
  return { ...artifacts, generatedBy, convertedBy: null, userDefinedMetadata, weightSpecs, weightData: data };
}

function expectFinite(file: ModelFile, specs: readonly tf.io.WeightsManifestEntry[], data: ArrayBuffer): void {
  let start = 0;
  for (const { name, shape, dtype } of specs) {
    const size = tf.util.sizeFromShape(shape);
    const values = dtype === "float32" ? new Float32Array(data, start, size) : new Float32Array();
    const spoilt = values.find((value) => !Number.isFinite(value));
    start += 4 * size;
    if (spoilt === undefined) continue;
    const mend = "The model has diverged: train it anew with a lower learning rate, then save it.";
    throw file.error(`${name} holds ${spoilt}`, { where: name, mend });
  }
}

function attempt<Result>(file: ModelFile, act: () => Result, where?: string): Result {
  try {
    return act();
  } catch (error) {
    throw file.wrap(error, where === undefined ? {} : { where: `layer ${quote(where)}` });
  }
}
