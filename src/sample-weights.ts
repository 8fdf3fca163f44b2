import * as tf from "@tensorflow/tfjs-core";
import { borrowTensor, expectFiniteValues, flattenData, toTensor, type Data } from "./data.ts";
import { DataError } from "./errors.ts";
import { expectHyperparameter } from "./hyperparameter.ts";
import type { Loss } from "./losses.ts";
import { expectShape, type Shape } from "./shape.ts";

/** The samples that are weighed, and what messages call the weights. */
export interface Weighed {
  readonly who: string;
  readonly name: string;
  readonly count: number;
  /** Whether there are more samples than these: a part may weigh nothing, all of them may not. */
  readonly isPart?: boolean;
}

/**
 * Refuses weights with a loss that would not look at them.
 *
 * @param option the one that weighs
 * @throws HyperparameterError
 */
export function expectWeighable(who: string, option: string, loss: Loss): void {
  const mend = "Give the loss a third parameter, or leave the weights out.";
  const takes = "a loss with a third parameter, the weights";
  expectHyperparameter(loss.length > 2, `${who} with ${option}`, "loss", takes, loss, mend);
}

/**
 * How much each sample's loss counts, [count], as a tensor that the caller disposes of.
 *
 * @throws ShapeError; DataError for weights below 0, or all 0; DisposedError
 */
export async function prepareWeights(data: Data, weighed: Weighed): Promise<tf.Tensor1D> {
  const weights = toTensor(weighed.name, data);
  try {
    expectOneEach(weighed, weights.shape);
    expectWeightValues(weighed, (await weights.data()) as Float32Array, weights.shape);
    return weights as tf.Tensor1D;
  } catch (error) {
    weights.dispose();
    throw error;
  }
}

/**
 * As `prepareWeights`, for use inside a tidy: numbers are looked at only in arrays, since a tensor's would have to be read
 * back.
 */
export function borrowWeights(data: Data, weighed: Weighed): tf.Tensor1D {
  if (data instanceof tf.Tensor) {
    expectOneEach(weighed, data.shape);
    return borrowTensor(weighed.name, data) as tf.Tensor1D;
  }
  const { values, shape } = flattenData(weighed.name, data);
  expectOneEach(weighed, shape);
  expectWeightValues(weighed, values, shape);
  return tf.tensor1d(values);
}

/** Refuses weights that are all 0. @throws DataError */
export function expectSomeWeight(name: string, weights: Float32Array): void {
  if (weights.some((weight) => weight > 0)) return;
  throw new DataError(`${name} is 0 for every sample, so there is nothing to learn. Weigh some above 0.`);
}

function expectOneEach({ who, name, count }: Weighed, shape: Shape): void {
  expectShape(who, name, [count], shape, "Give each sample one number.");
}

function expectWeightValues({ name, isPart = false }: Weighed, values: Float32Array, shape: Shape): void {
  expectFiniteValues(name, values, shape);
  const negative = values.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw new DataError(`${name} holds ${values[negative]} at row ${negative}. A weight is 0 or more.`, [negative]);
  }
  if (!isPart) expectSomeWeight(name, values);
}
