import type { History } from "../history.ts";
import { isCount } from "../hyperparameter.ts";
import type { Json, JsonObject } from "../saved-layer.ts";
import { version } from "../version.ts";
import { checksum } from "./checksum.ts";
import { readHistory, writeHistory } from "./saved-history.ts";
import { canonicalJson, entryOf, isObject } from "./json.ts";
import type { ModelFile } from "./model-file.ts";

/** An optimizer as rivulet's files have it; what it remembers stands among the weights. */
export interface SavedOptimizer {
  readonly className: string;
  readonly config: JsonObject;
  /** What the file calls each of its slots: `{ velocity: "momentum" }` for weights such as `dense_1/kernel/momentum`. */
  readonly slots: Readonly<Record<string, string>>;
  /** How many steps were taken with each parameter, in the model's order. */
  readonly steps: readonly number[];
}

/** What a model was made from and how far it was trained: what a file needs besides the network and its weights. */
export interface Provenance {
  readonly seed: number;
  readonly stepsTaken: number;
  readonly epochsTrained: number;
  readonly history: History | undefined;
  readonly optimizer: SavedOptimizer | undefined;
  /** What its user has it carry along. */
  readonly metadata: JsonObject | undefined;
}

/** Another program's file says none of it. */
export const noProvenance: Provenance = {
  seed: 0,
  stepsTaken: 0,
  epochsTrained: 0,
  history: undefined,
  optimizer: undefined,
  metadata: undefined,
};

/** The parts of a file that its checksum is about. A type, not an interface: handlers give what has more. */
export type Sealed = {
  readonly format?: unknown;
  readonly modelTopology?: unknown;
  readonly weightSpecs?: unknown;
  readonly trainingConfig?: unknown;
};

/** What handlers call the program that wrote a file. */
export const generatedBy = `rivulet ${version}`;

/** A model's provenance as its file's `userDefinedMetadata` has it, sealed with the checksums of all that makes the model. */
export function writeProvenance(provenance: Provenance, content: Sealed, weights: ArrayBuffer): JsonObject {
  const { history, optimizer, metadata, ...numbers } = provenance;
  const record: JsonObject = {
    version,
    ...numbers,
    ...(history && { history: writeHistory(history) }),
    ...(optimizer && { optimizer: { ...optimizer } }),
    ...(metadata && { metadata }),
  };
  return { rivulet: { ...record, checksums: checksumsOf(record, content, checksum(weights)) } };
}

/** Two, so that an error can say whether the weights were altered or what is said about them. */
function checksumsOf(record: JsonObject, content: Sealed, weights: string): { weights: string; model: string } {
  const { format, modelTopology, weightSpecs, trainingConfig } = content;
  return {
    weights,
    model: checksum(canonicalJson({ format, modelTopology, weightSpecs, trainingConfig, record, weights })),
  };
}

const mend =
  "Take another copy, or save the model anew. Where it was altered on purpose, remove generatedBy and userDefinedMetadata from the file.";

/**
 * A model's provenance from its file. Undefined where the file is not rivulet's. Where another program has opened one of
 * rivulet's files and saved it again, which keeps the metadata, the seed alone is still true.
 *
 * @throws ModelFileError where a file of rivulet's was altered, or says what makes no sense
 */
export function readProvenance(
  file: ModelFile,
  artifacts: Sealed & { readonly generatedBy?: unknown; readonly userDefinedMetadata?: unknown },
  weights: ArrayBuffer,
): Provenance | undefined {
  const author = artifacts.generatedBy;
  const isOurs = typeof author === "string" && author.startsWith("rivulet ");
  const found = entryOf(artifacts.userDefinedMetadata, "rivulet");
  if (found === undefined && !isOurs) return undefined;
  const where = "userDefinedMetadata.rivulet";
  file.expect(isObject(found), where, "an object", found, mend);
  const { checksums, ...record } = found;
  const fault = faultOf(record, checksums, artifacts, weights);
  if (isOurs && fault !== undefined) throw file.error(fault, { where, mend });
  const countAt = (key: string): number => {
    const value = entryOf(record, key);
    const isWhole = key === "seed" ? Number.isSafeInteger(value) : isCount(value);
    file.expect(isWhole, `${where}.${key}`, "a whole number", value);
    return value as number;
  };
  const seed = countAt("seed");
  if (fault !== undefined) return { ...noProvenance, seed };
  return {
    seed,
    stepsTaken: countAt("stepsTaken"),
    epochsTrained: countAt("epochsTrained"),
    history: readHistory(file, `${where}.history`, entryOf(record, "history")),
    optimizer: readSavedOptimizer(file, `${where}.optimizer`, entryOf(record, "optimizer")),
    metadata: readMetadata(file, `${where}.metadata`, entryOf(record, "metadata")),
  };
}

function readMetadata(file: ModelFile, where: string, value: Json | undefined): JsonObject | undefined {
  file.expect(value === undefined || isObject(value), where, "an object", value);
  return value;
}

/** What tells that a file is not as it was written. Undefined where it is. */
function faultOf(
  record: JsonObject,
  checksums: Json | undefined,
  content: Sealed,
  weights: ArrayBuffer,
): string | undefined {
  const actual = checksumsOf(record, content, checksum(weights));
  if (entryOf(checksums, "weights") !== actual.weights) return "its weights are not those that were saved";
  if (entryOf(checksums, "model") !== actual.model) return "what it says of the model was altered since it was saved";
  return undefined;
}

function readSavedOptimizer(file: ModelFile, where: string, value: Json | undefined): SavedOptimizer | undefined {
  if (value === undefined) return undefined;
  const [className, config, slots, steps] = ["className", "config", "slots", "steps"].map((key) => entryOf(value, key));
  file.expect(typeof className === "string", `${where}.className`, "a text", className);
  file.expect(isObject(config), `${where}.config`, "an object", config);
  const isNames = isObject(slots) && Object.values(slots).every((name) => typeof name === "string");
  file.expect(isNames, `${where}.slots`, "an object of names", slots);
  const isCounts = Array.isArray(steps) && steps.every(isCount);
  file.expect(isCounts, `${where}.steps`, "an array of whole numbers", steps);
  return { className, config, slots: slots as Record<string, string>, steps };
}
