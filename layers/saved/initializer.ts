import { initializers, type Initializer, type InitializerLike } from "../../src/initializers.ts";
import { expectHyperparameter } from "../../src/hyperparameter.ts";
import type { Json, JsonObject } from "../../src/saved-layer.ts";
import { isJsonObject } from "./config.ts";

interface SavedInitializer {
  readonly class_name: string;
  readonly config: JsonObject;
}

type InitializerName = keyof typeof initializers;

const scaling = (scale: number, mode: string, distribution: string): SavedInitializer => ({
  class_name: "VarianceScaling",
  config: { scale, mode, distribution },
});

/** Keras's classes, but for LeCun's, which tfjs-layers spells otherwise: both know what those are special cases of. */
const saved: Readonly<Record<InitializerName, SavedInitializer>> = {
  zeros: { class_name: "Zeros", config: {} },
  ones: { class_name: "Ones", config: {} },
  randomUniform: { class_name: "RandomUniform", config: { minval: -0.05, maxval: 0.05 } },
  randomNormal: { class_name: "RandomNormal", config: { mean: 0, stddev: 0.05 } },
  truncatedNormal: { class_name: "TruncatedNormal", config: { mean: 0, stddev: 0.05 } },
  glorotUniform: { class_name: "GlorotUniform", config: {} },
  glorotNormal: { class_name: "GlorotNormal", config: {} },
  heUniform: { class_name: "HeUniform", config: {} },
  heNormal: { class_name: "HeNormal", config: {} },
  leCunUniform: scaling(1, "fan_in", "uniform"),
  leCunNormal: scaling(1, "fan_in", "normal"),
};

/** How others write the same: tfjs-layers all that scale variances, Keras LeCun's. */
const alsoWritten: readonly (readonly [InitializerName, SavedInitializer])[] = [
  ["glorotUniform", scaling(1, "fan_avg", "uniform")],
  ["glorotNormal", scaling(1, "fan_avg", "normal")],
  ["heUniform", scaling(2, "fan_in", "uniform")],
  ["heNormal", scaling(2, "fan_in", "normal")],
  ["leCunUniform", { class_name: "LecunUniform", config: {} }],
  ["leCunNormal", { class_name: "LecunNormal", config: {} }],
];

/**
 * An initializer by name as files have it. Values and functions have no name there, and are written as zeros: the weights
 * follow in the file, and whoever reads it starts from those.
 */
export function savedInitializer(initializer: InitializerLike): JsonObject {
  const isIt = ([name, known]: readonly [string, Initializer]) => name === initializer || known === initializer;
  const name = Object.entries(initializers).find(isIt)?.[0] ?? "zeros";
  const { class_name, config } = saved[name as InitializerName];
  return { class_name, config: class_name === "Zeros" || class_name === "Ones" ? config : { ...config, seed: null } };
}

/**
 * The initializer that a file names, so that it is written again as it was. One that rivulet does not have is zeros, since
 * the weights that are in the file take its place.
 *
 * @throws HyperparameterError for what is neither a name nor an object with a class name and a config
 */
export function readInitializer(who: string, key: string, written: Json | undefined): InitializerName {
  const { class_name, config } = isJsonObject(written) ? written : { class_name: written ?? "Zeros", config: {} };
  const isWritten = typeof class_name === "string" && isJsonObject(config);
  expectHyperparameter(isWritten, who, key, "a name, or { class_name, config }", written);
  const all = [...Object.entries(saved), ...alsoWritten];
  const found = all.find(([, known]) => known.class_name === class_name && isOf(known.config, config as JsonObject));
  return (found?.[0] ?? "zeros") as InitializerName;
}

function isOf(known: JsonObject, config: JsonObject): boolean {
  return Object.entries(known).every(([key, value]) => Object.hasOwn(config, key) && config[key] === value);
}
