import * as tf from "@tensorflow/tfjs-core";
import { sliceSamples, type Samples } from "./batches.ts";
import { expectFinite, expectFiniteValues, toTensor, type Data } from "./data.ts";
import { DataError, ShapeError } from "./errors.ts";
import { expectHyperparameter } from "./hyperparameter.ts";
import { sampleWeightsOf, type ClassWeight } from "./class-weights.ts";
import type { Loss } from "./losses.ts";
import { expectTarget } from "./losses/expect-target.ts";
import { expectTargetValues } from "./losses/expect-target-values.ts";
import type { TrainableModel } from "./model.ts";
import { expectWeighable, prepareWeights } from "./sample-weights.ts";
import { expectShape, formatShape } from "./shape.ts";
import { expectNoTidy } from "./tidy.ts";

/** What samples have to fit. */
export interface Purpose {
  /** The call that takes them, for its messages. */
  readonly who: string;
  readonly model: Pick<TrainableModel, "inputShape" | "outputShape">;
  readonly loss: Loss;
  readonly classWeight?: ClassWeight | undefined;
  /** What messages call the parts, if not x and y. */
  readonly names?: { readonly x: string; readonly y: string };
}

/** Samples as a user has them. */
export interface SampleData {
  readonly x: Data;
  readonly y: Data;
  /** How much each sample's loss counts, [samples]. */
  readonly sampleWeight?: Data | undefined;
}

/**
 * Samples as float32 tensors, checked; the caller disposes of them.
 *
 * @throws ShapeError, DataError, HyperparameterError, DisposedError
 */
export async function prepareSamples(purpose: Purpose, data: SampleData): Promise<Samples> {
  expectNoTidy(purpose.who);
  const { x: xName, y: yName } = { ...defaultNames, ...purpose.names };
  const made: tf.Tensor[] = [];
  const hold = <Made extends tf.Tensor>(tensor: Made): Made => {
    made.push(tensor);
    return tensor;
  };
  try {
    const x = hold(toTensor(xName, data.x));
    const y = hold(toTensor(yName, data.y));
    expectSamples(purpose, xName, x, yName, y);
    if (data.x instanceof tf.Tensor) await expectFinite(xName, x);
    const weights = await prepareTargets(purpose, yName, y, data);
    return weights === undefined ? { x, y } : { x, y, weights: hold(weights) };
  } catch (error) {
    tf.dispose(made);
    throw error;
  }
}

const defaultNames = { x: "x", y: "y" };

/** Checks the targets' values, and weighs the samples by class or one by one where that is asked for. */
async function prepareTargets(purpose: Purpose, name: string, y: tf.Tensor, data: SampleData) {
  const { who, model, loss, classWeight } = purpose;
  const { sampleWeight } = data;
  const [count] = y.shape;
  const predictions = [count, ...model.outputShape];
  // One reading for all that is looked at; what came as an array is still on the host.
  const values = (await y.data()) as Float32Array;
  if (data.y instanceof tf.Tensor) expectFiniteValues(name, values, y.shape);
  expectTargetValues(loss, values, y.shape, predictions, name);
  if (classWeight === undefined && sampleWeight === undefined) return undefined;
  const option = classWeight === undefined ? "sampleWeight" : "classWeight";
  expectWeighable(who, option, loss);
  if (classWeight !== undefined) {
    const both = "Multiply them, and give the product as sampleWeight.";
    expectHyperparameter(
      sampleWeight === undefined,
      `${who} with classWeight`,
      "sampleWeight",
      "left out",
      sampleWeight,
      both,
    );
    return tf.tensor1d(sampleWeightsOf(classWeight, values, y.shape, predictions, name));
  }
  return prepareWeights(who, sampleWeight as Data, count);
}

/**
 * Refuses what is not as many targets as inputs, and none at all.
 *
 * @throws DataError, ShapeError
 */
export function expectPairs(who: string, xName: string, x: tf.Tensor, yName: string, y: tf.Tensor): void {
  if (x.size === 0 || y.size === 0) {
    throw new DataError(`${who} expects at least one sample, but ${x.size === 0 ? xName : yName} is empty.`);
  }
  if (x.shape[0] === y.shape[0]) return;
  throw new ShapeError(
    `${who} expects as many targets as inputs, got ${yName} of shape ${formatShape(y.shape)} ` +
      `for ${xName} of shape ${formatShape(x.shape)}.`,
    [x.shape[0] ?? null, ...y.shape.slice(1)],
    y.shape,
  );
}

function expectSamples(purpose: Purpose, xName: string, x: tf.Tensor, yName: string, y: tf.Tensor): void {
  const { who, model, loss } = purpose;
  const { inputShape, outputShape } = model;
  const isList = x.rank === 1 && inputShape.length === 1 && x.size > 0;
  const mend = isList ? "Give each sample a row of its own: [[1], [2], …]." : "";
  if (x.size > 0) expectShape(who, xName, [null, ...inputShape], x.shape, mend);
  expectPairs(who, xName, x, yName, y);
  expectTarget(who, loss, y.shape, [x.shape[0], ...outputShape], yName);
}

/**
 * Splits the last fraction off, at floor(n (1 − fraction)). Both parts are the caller's to dispose of.
 *
 * @throws DataError if a part would be empty
 */
export function splitSamples(samples: Samples, fraction: number): { training: Samples; validation: Samples } {
  const count = samples.x.shape[0];
  // Rounded to 12 digits first: 10 · (1 − 0.9) is 0.9999999999999998, and its floor 0.
  const trained = Math.floor(Number((count * (1 - fraction)).toPrecision(12)));
  if (trained === 0 || trained === count) {
    throw new DataError(
      `validationSplit ${fraction} of ${count} samples leaves ${trained} to train on and ${count - trained} to validate on. ` +
        "Both need at least one.",
    );
  }
  const part = (start: number, size: number) => tf.tidy(() => sliceSamples(samples, { start, size }));
  return { training: part(0, trained), validation: part(trained, count - trained) };
}
