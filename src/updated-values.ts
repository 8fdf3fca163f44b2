import * as tf from "@tensorflow/tfjs-core";
import type { Assignment } from "./assignment.ts";
import { DisposedError, HyperparameterError } from "./errors.ts";
import { expectHyperparameter } from "./hyperparameter.ts";
import { quote } from "./quote.ts";
import { expectShape } from "./shape.ts";

/** What a rule's update returns: the new parameter, and the new values of those slots that change. */
export interface UpdatedValues {
  readonly parameter: tf.Tensor;
  readonly [slot: string]: tf.Tensor;
}

/**
 * Checks what a rule returned for one parameter, and adds it to the updates.
 *
 * @param rule the rule's name, for messages
 * @param state the parameter's slots
 * @throws HyperparameterError, ShapeError, DisposedError
 */
export function collectUpdates(
  rule: string,
  updated: UpdatedValues,
  parameter: tf.Variable,
  state: Readonly<Record<string, tf.Variable>>,
  updates: Assignment[],
): void {
  const who = `${rule}'s update`;
  const isObject = typeof updated === "object" && updated !== null && updated.parameter instanceof tf.Tensor;
  if (!isObject) refuse(who, "{ parameter: a tensor, …slots }", updated);
  for (const name in updated) {
    const variable = name === "parameter" ? parameter : state[name];
    if (variable === undefined) refuse(who, `of the names ${["parameter", ...Object.keys(state)].join(", ")}`, name);
    else updates.push({ variable, value: assignable(who, name, variable, updated[name]) });
  }
}

/** @throws HyperparameterError about what a rule's update returned */
function refuse(who: string, expected: string, came: unknown): void {
  expectHyperparameter(false, who, "what it returns", expected, came);
}

/** A value that may be assigned to a variable: a live tensor of its shape, and not a variable, which would go with it. */
function assignable(who: string, name: string, variable: tf.Variable, value: unknown): tf.Tensor {
  const isPlain = value instanceof tf.Tensor && !(value instanceof tf.Variable) && !value.isDisposed;
  if (isPlain && value.dtype === variable.dtype && tf.util.arraysEqual(value.shape, variable.shape)) return value;
  if (!(value instanceof tf.Tensor)) {
    throw new HyperparameterError(`${who} must return a tensor as ${name}, got ${quote(value)}.`, name, value);
  }
  if (value.isDisposed) {
    throw new DisposedError(`${who} returned a ${name} that was disposed. Leave disposing to the step.`);
  }
  expectShape(who, `a new ${name}`, variable.shape, value.shape);
  return tf.clone(tf.cast(value, variable.dtype));
}
