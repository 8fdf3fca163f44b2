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
import { expectSomeWeight, expectWeighable, prepareWeights } from "./sample-weights.ts";
import { expectShape, formatShape } from "./shape.ts";
import { expectNoTidy } from "./tidy.ts";

/** What samples have to fit. */
export interface Purpose {
  /** The call that takes them, for its messages. */
  readonly who: string;
  readonly model: Pick<TrainableModel, "inputShape" | "outputShape">;
  readonly loss: Loss;
  readonly classWeight?: ClassWeight | undefined;
  /** What messages call the parts, if not x, y and sampleWeight. */
  readonly names?: Names;
  /** Whether there are more samples than these: a batch may weigh nothing, all of them may not. */
  readonly isPart?: boolean;
}

type Names = { readonly [name in keyof SampleData]-?: string };

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
  const { names = defaultNames } = purpose;
  const made: tf.Tensor[] = [];
  const hold = <Made extends tf.Tensor>(tensor: Made): Made => {
    made.push(tensor);
    return tensor;
  };
  try {
    const x = hold(toTensor(names.x, data.x));
    const y = hold(toTensor(names.y, data.y));
    expectSamples(purpose, names.x, x, names.y, y);
    if (data.x instanceof tf.Tensor) await expectFinite(names.x, x);
    const weights = await prepareTargets(purpose, names, y, data);
    return weights === undefined ? { x, y } : { x, y, weights: hold(weights) };
  } catch (error) {
    tf.dispose(made);
    throw error;
  }
}

const defaultNames = { x: "x", y: "y", sampleWeight: "sampleWeight" };

/** Checks the targets' values, and weighs the samples by class or one by one where that is asked for. */
async function prepareTargets(purpose: Purpose, names: Names, y: tf.Tensor, data: SampleData) {
  const { who, model, loss, classWeight, isPart = false } = purpose;
  const { sampleWeight } = data;
  const predictions = [y.shape[0], ...model.outputShape];
  // One reading for all that is looked at; what came as an array is still on the host.
  const values = (await y.data()) as Float32Array;
  if (data.y instanceof tf.Tensor) expectFiniteValues(names.y, values, y.shape);
  expectTargetValues(loss, values, y.shape, predictions, names.y);
  if (classWeight === undefined && sampleWeight === undefined) return undefined;
  expectOneWeighing(purpose, sampleWeight);
  if (classWeight === undefined) {
    return prepareWeights(sampleWeight as Data, { who, name: names.sampleWeight, count: y.shape[0], isPart });
  }
  const weights = sampleWeightsOf(classWeight, values, y.shape, predictions, names.y);
  if (!isPart) expectSomeWeight("classWeight", weights);
  return tf.tensor1d(weights);
}

/** Refuses weights that would do nothing, and weights of two kinds. @throws HyperparameterError */
function expectOneWeighing({ who, loss, classWeight }: Purpose, sampleWeight: Data | undefined): void {
  expectWeighable(who, classWeight === undefined ? "sampleWeight" : "classWeight", loss);
  const isOne = classWeight === undefined || sampleWeight === undefined;
  const both = "Multiply them, and give the product as sampleWeight.";
  expectHyperparameter(isOne, `${who} with classWeight`, "sampleWeight", "left out", sampleWeight, both);
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
