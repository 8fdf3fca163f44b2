import { HyperparameterError } from "../../src/errors.ts";
import { expectHyperparameter } from "../../src/hyperparameter.ts";
import { quote } from "../../src/quote.ts";
import type { Json, JsonObject } from "../../src/saved-layer.ts";

/** What a reader makes of each key that files write. */
export interface ConfigKeys {
  /** Those that it reads and checks itself. */
  readonly read?: readonly string[];
  /** Those that say nothing here, such as how weights were drawn that are in the file. */
  readonly ignored?: readonly string[];
  /** Those that may be only what rivulet does anyway. */
  readonly only?: Readonly<Record<string, Json>>;
}

/** What any layer's config may hold, whatever the layer computes. The weights that it would start from are in the file. */
const general = new Set([
  "name",
  "batch_input_shape",
  "batch_shape",
  "beta_initializer",
  "gamma_initializer",
  "moving_mean_initializer",
  "moving_variance_initializer",
]);

/**
 * A layer's config from a file, which may hold anything, with its own entries alone. A key that nobody knows is passed
 * over where it says null or false, as new versions of Keras write them; anything else might change the numbers.
 *
 * @throws HyperparameterError for a config that is no object, and for a key that asks for what rivulet does not do
 */
export function readConfig(className: string, config: unknown, keys: ConfigKeys): ReadonlyMap<string, Json> {
  const who = `A saved ${className}`;
  const isObject = typeof config === "object" && config !== null && !Array.isArray(config);
  expectHyperparameter(isObject, who, "config", "an object", config);
  const { read = [], ignored = [], only = {} } = keys;
  const entries = Object.entries(config as JsonObject);
  for (const [key, value] of entries) {
    if (value === null || read.includes(key) || ignored.includes(key) || general.has(key)) continue;
    if (key === "trainable") {
      const mend = "rivulet freezes no layers: say true in the file, and the layer is trained again.";
      expectHyperparameter(value === true, who, key, "true", value, mend);
    } else if (key === "dtype") {
      expectHyperparameter(isFloat32(value), who, key, '"float32"', value);
    } else if (Object.hasOwn(only, key)) {
      expectHyperparameter(value === only[key], who, key, JSON.stringify(only[key]), value);
    } else if (value !== false) {
      const message = `${who} holds ${JSON.stringify(key)}: ${quote(value)}, which rivulet does not have.`;
      throw new HyperparameterError(`${message} Without it, the layer might compute other numbers.`, key, value);
    }
  }
  return new Map(entries);
}

/** `"float32"`, or Keras 3's policy of that name. */
function isFloat32(value: Json | undefined): boolean {
  if (!isJsonObject(value)) return value === "float32";
  const { config } = value;
  return isJsonObject(config) && config["name"] === "float32";
}

/** Whether a part of a file is an object. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The axis that a config names, for the layer to check. Alone in a list is how Keras and tfjs-layers write it once built. */
export function readAxis(config: ReadonlyMap<string, Json>): number {
  const axis = config.get("axis");
  return (Array.isArray(axis) && axis.length === 1 ? axis[0] : axis) as number;
}
