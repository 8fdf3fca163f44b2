import * as tf from "@tensorflow/tfjs-core";
import type { Json } from "../saved-layer.ts";
import { expectShallow, isObject } from "./json.ts";
import type { ModelFile } from "./model-file.ts";
import { readProvenance, type Provenance } from "./provenance.ts";
import { readTopology, type Topology } from "./topology.ts";
import { readWeightSpecs, type WeightSpec } from "./weights.ts";

/** All that a file holds, checked as far as it can be without making the layers. */
export interface ModelContent {
  readonly topology: Topology;
  readonly specs: readonly WeightSpec[];
  readonly weights: ArrayBuffer;
  /** Undefined in another program's file. */
  readonly provenance: Provenance | undefined;
  /** What tfjs-layers and Keras say about the optimizer. */
  readonly trainingConfig: Json | undefined;
}

/** @param artifacts what a handler gave, which may be anything @throws ModelFileError */
export function readArtifacts(file: ModelFile, artifacts: unknown): ModelContent {
  file.expect(isObject(artifacts), "what was read", "a model's artifacts", artifacts);
  const found: tf.io.ModelArtifacts = artifacts;
  const { format = "layers-model", weightSpecs = [], trainingConfig } = found;
  const mend =
    "rivulet reads no graphs: convert the model with tensorflowjs_converter's --output_format tfjs_layers_model.";
  file.expect(format === "layers-model" || format === null, "format", '"layers-model"', format, mend);
  expectShallow(file, { ...found, weightData: undefined });
  const weights = readBytes(file, found);
  const specs = readWeightSpecs(file, weightSpecs, weights.byteLength);
  const topology = readTopology(file, found.modelTopology, weights.byteLength / 4);
  const provenance = readProvenance(file, found, weights);
  return { topology, specs, weights, provenance, trainingConfig: trainingConfig as Json | undefined };
}

function readBytes(file: ModelFile, { weightData = [], getWeightStream }: tf.io.ModelArtifacts): ArrayBuffer {
  if (getWeightStream !== undefined) {
    throw file.error("its IOHandler streams the weights", { mend: "Leave its option streamWeights out." });
  }
  const parts: unknown[] = Array.isArray(weightData) ? weightData : [weightData];
  const isBytes = parts.every((part) => part instanceof ArrayBuffer);
  file.expect(isBytes, "weightData", "an ArrayBuffer, or an array of them", weightData);
  const [first] = parts;
  // One alone is not copied.
  return first !== undefined && parts.length === 1 ? first : tf.io.CompositeArrayBuffer.join(parts);
}
