import * as tf from "@tensorflow/tfjs-core";
import type { Samples } from "../batches.ts";
import type { DataId, Recording } from "./recording.ts";

/**
 * Samples whose numbers are nobody else's: a trace tells tensors apart by their numbers. What shares them may be x and y,
 * or a tensor that the loss holds and a later batch has no part in. The caller tidies.
 */
export function withOwnNumbers({ x, y, weights }: Samples): Samples {
  return { x: copyOf(x), y: copyOf(y), ...(weights && { weights: copyOf(weights) }) };
}

/** Gives a variable numbers of its own, the same ones: a copy of a parameter's start, say, is no longer the parameter's. */
export function ownNumbers(variable: tf.Variable): void {
  tf.tidy(() => variable.assign(copyOf(variable)));
}

/**
 * Gives variables that a recorded function read without having been told of numbers of their own, where another tensor that
 * it read shares them: a variable and what it was made of. The next recording tells them apart.
 */
export function separateVariables({ calls }: Recording): void {
  const made = new Set(calls.flatMap(({ outputs }) => outputs.map(({ tensor }) => tensor)));
  const sharing = new Map<DataId, Set<tf.Tensor>>();
  for (const { dataId, tensor } of calls.flatMap(({ inputs }) => Object.values(inputs))) {
    if (!made.has(tensor)) sharing.set(dataId, (sharing.get(dataId) ?? new Set()).add(tensor));
  }
  for (const tensors of sharing.values()) {
    if (tensors.size === 1) continue;
    for (const tensor of tensors) if (tensor instanceof tf.Variable) ownNumbers(tensor);
  }
}

/** A slice, and be it of everything, has numbers of its own on every backend; a clone has not. Of a scalar there is none. */
function copyOf<T extends tf.Tensor>(tensor: T): T {
  return tf.reshape(tf.slice(tf.reshape(tensor, [tensor.size]), [0], [tensor.size]), tensor.shape) as T;
}
