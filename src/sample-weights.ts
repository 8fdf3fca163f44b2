import * as tf from "@tensorflow/tfjs-core";
import { borrowTensor, expectFiniteValues, flattenData, toTensor, type Data } from "./data.ts";
import { DataError } from "./errors.ts";
import { expectHyperparameter } from "./hyperparameter.ts";
import type { Loss } from "./losses.ts";
import { expectShape, type Shape } from "./shape.ts";

const name = "sampleWeight";

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
export async function prepareWeights(who: string, data: Data, count: number): Promise<tf.Tensor1D> {
  const weights = toTensor(name, data);
  try {
    expectOneEach(who, weights.shape, count);
    expectWeightValues(await weights.data(), weights.shape);
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
export function borrowWeights(who: string, data: Data, count: number): tf.Tensor1D {
  if (data instanceof tf.Tensor) {
    expectOneEach(who, data.shape, count);
    return borrowTensor(name, data) as tf.Tensor1D;
  }
  const { values, shape } = flattenData(name, data);
  expectOneEach(who, shape, count);
  expectWeightValues(values, shape);
  return tf.tensor1d(values);
}

function expectOneEach(who: string, shape: Shape, count: number): void {
  expectShape(who, name, [count], shape, "Give each sample one number.");
}

function expectWeightValues(values: Float32Array | Int32Array | Uint8Array, shape: Shape): void {
  expectFiniteValues(name, values, shape);
  const negative = values.findIndex((value) => value < 0);
  if (negative >= 0) {
    throw new DataError(`sampleWeight holds ${values[negative]} at row ${negative}. A weight is 0 or more.`, [
      negative,
    ]);
  }
  if (!values.some((value) => value > 0)) {
    throw new DataError("sampleWeight is 0 for every sample, so there is nothing to learn. Weigh some above 0.");
  }
}
