import type * as tf from "@tensorflow/tfjs-core";
import { clippings } from "../clipping.ts";
import { losses, type Loss } from "../losses.ts";
import type { Optimizer } from "../optimizer.ts";
import { ruleTranslation, type TfjsRule } from "../saved-optimizer.ts";
import type { JsonObject } from "../saved-layer.ts";
import type { SavedOptimizer } from "./provenance.ts";
import { snakeCase } from "./weight-names.ts";

/** What an optimizer remembers of a parameter under one name of the file. */
interface WrittenSlot {
  readonly name: string;
  readonly parameter: tf.Variable;
  /** Undefined where tfjs's rule remembers something that this one does not: it is written as zeros. */
  readonly values: tf.Variable | undefined;
}

/** An optimizer as a file has it. */
export interface WrittenOptimizer {
  readonly saved: SavedOptimizer;
  /** For tfjs-layers; undefined where tfjs has no rule that computes the same. */
  readonly trainingConfig: tf.io.TrainingConfig | undefined;
  /** tfjs's count of steps. */
  readonly iterations: number;
  /** Slot by slot for every parameter, in the order of tfjs's rule. */
  readonly slots: readonly WrittenSlot[];
}

/**
 * What an optimizer remembers of a model's parameters, in tfjs's order and with its names where it has the rule.
 *
 * @param parameters with the names that files have for them, in the model's order
 * @param loss what the model was last trained on, if it was
 * @throws HyperparameterError where the learning rate follows a function of the user's
 */
export function writeOptimizer(
  optimizer: Optimizer,
  parameters: readonly { readonly name: string; readonly variable: tf.Variable }[],
  loss: Loss | undefined,
): WrittenOptimizer {
  const className = optimizer.constructor.name;
  const config: JsonObject = JSON.parse(JSON.stringify(optimizer.toConfig())) as JsonObject;
  const tfjs = isPlain(config) ? ruleTranslation(className)?.write(config) : undefined;
  const slots = tfjs?.slots ?? Object.keys(optimizer.slots).map((slot) => [slot, snakeCase(slot)] as const);
  const counts = optimizer.countsOf(parameters.map(({ variable }) => variable));
  const steps = parameters.map(({ variable }) => counts.get(variable) ?? 0);
  return {
    saved: { className, config, slots: Object.fromEntries(slots), steps },
    trainingConfig: tfjs && trainingConfigOf(tfjs, loss),
    iterations: Math.max(0, ...steps),
    slots: slots.flatMap(([slot, suffix]) =>
      parameters.map(({ name, variable }) => {
        return { name: `${name}/${suffix}`, parameter: variable, values: optimizer.stateByName(variable)[slot] };
      }),
    ),
  };
}

/** Whether it does only what its equation says: tfjs's rules neither decay weights nor clip, and keep one learning rate. */
function isPlain(config: JsonObject): boolean {
  const { learningRate, weightDecay } = config;
  return typeof learningRate === "number" && weightDecay === 0 && clippings.every((name) => config[name] === undefined);
}

/** Those of tfjs-layers' losses that rivulet has. */
const lossesOfTfjs = new Set([
  "meanSquaredError",
  "meanAbsoluteError",
  "binaryCrossentropy",
  "categoricalCrossentropy",
  "sparseCategoricalCrossentropy",
]);

/** tfjs-layers compiles the model with it. An empty object as its loss leaves the loss open. */
function trainingConfigOf({ className, config }: TfjsRule, loss: Loss | undefined): tf.io.TrainingConfig {
  const name = Object.entries(losses).find(([key, value]) => value === loss && lossesOfTfjs.has(key))?.[0];
  const optimizer = { class_name: className, config };
  return { optimizer_config: optimizer, loss: name === undefined ? {} : snakeCase(name) };
}
