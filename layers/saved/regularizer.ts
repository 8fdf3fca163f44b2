import { HyperparameterError } from "../../src/errors.ts";
import { expectHyperparameter } from "../../src/hyperparameter.ts";
import { lookUp } from "../../src/lookup.ts";
import { l1l2, strengthsOf, type Regularizer } from "../../src/regularizers.ts";
import type { Json, JsonObject } from "../../src/saved-layer.ts";
import { isJsonObject } from "./config.ts";

/**
 * A regularizer as files have it, null for none.
 *
 * @throws HyperparameterError for a function of the user's own
 */
export function savedRegularizer(who: string, regularizer: Regularizer | undefined): JsonObject | null {
  if (regularizer === undefined) return null;
  const strengths = strengthsOf(regularizer);
  // Both are written, also where one is 0: what is not there is 0 to Keras, but 0.01 to tfjs-layers.
  if (strengths !== undefined) return { class_name: "L1L2", config: { l1: strengths.l1, l2: strengths.l2 } };
  throw new HyperparameterError(
    `${who} cannot be saved: a file cannot hold its regularizer, a function of your own. Leave that out of the layer and add it in a loss of your own.`,
    "regularizer",
    regularizer,
  );
}

/** The strengths that each of Keras's classes must give. */
const strengthsByClass: Readonly<Record<string, readonly string[]>> = { L1: ["l1"], L2: ["l2"], L1L2: ["l1", "l2"] };

/**
 * The regularizer that a file describes, undefined for null.
 *
 * @throws HyperparameterError, UnknownNameError for what is none, and for one whose strengths are not there
 */
export function readRegularizer(who: string, key: string, saved: Json | undefined): Regularizer | undefined {
  if (saved === undefined || saved === null) return undefined;
  const { class_name, config } = isJsonObject(saved) ? saved : { class_name: null, config: null };
  const isSaved = typeof class_name === "string" && isJsonObject(config);
  expectHyperparameter(isSaved, who, key, "null or { class_name, config }", saved);
  const keys = lookUp("regularizer", class_name, strengthsByClass);
  const strengths = keys.map((each) => {
    const strength = new Map(Object.entries(config as JsonObject)).get(each);
    expectHyperparameter(typeof strength === "number", who, `${key}'s ${each}`, "a number", strength);
    return [each, strength];
  });
  return l1l2(Object.fromEntries(strengths) as { l1?: number; l2?: number });
}
