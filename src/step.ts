import * as tf from "@tensorflow/tfjs-core";
import { assign, type Assignment } from "./assignment.ts";
import type { Samples } from "./batches.ts";
import { costAndGradients } from "./cost.ts";
import { borrowTensor, type Data } from "./data.ts";
import { expectOptions } from "./hyperparameter.ts";
import { resolveLoss, type Loss, type LossLike } from "./losses.ts";
import { expectTarget } from "./losses/expect-target.ts";
import { measureAll, type Measure } from "./measures.ts";
import type { Model } from "./model.ts";
import { scalarsOf, type StepScalars } from "./next-step.ts";
import { expectOptimizer, type Optimizer } from "./optimizer.ts";
import { borrowWeights, expectWeighable } from "./sample-weights.ts";
import { expectPairs } from "./training-data.ts";
import { TrainingPass } from "./training-pass.ts";

/** What a step descends on, and by which rule. */
export interface StepRule {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly Measure[];
}

/** All that comes out of a step. */
export interface StepOutput {
  readonly loss: tf.Scalar;
  /** The scalars of each metric. */
  readonly metrics: readonly (readonly tf.Scalar[])[];
  /** The new parameters, optimizer state and layers' state, not yet assigned. */
  readonly updates: Assignment[];
}

/** What comes into a step from the host, and is another in each: what is drawn, and the rule's numbers. */
export interface HostInputs {
  readonly training: TrainingPass;
  readonly scalars: readonly StepScalars[];
}

/** Those of the step to come. The caller tidies. @throws HyperparameterError, DisposedError as `numbersOf` does */
export function hostInputs(model: Model, optimizer: Optimizer): HostInputs {
  return {
    training: new TrainingPass(model.stepsTaken ?? 0),
    scalars: scalarsOf(optimizer.numbersOf(model.parameters)),
  };
}

/**
 * One training step as a function from tensors (the batch, and the parameters, state and rates as they stand) to tensors
 * (the loss, the metrics, the new parameters and state). It changes nothing; `takeStep` does. The caller tidies.
 *
 * @throws UnconnectedParameterError, ShapeError
 */
export function computeStep(
  model: Model,
  samples: Samples,
  rule: StepRule,
  { training, scalars } = hostInputs(model, rule.optimizer),
): StepOutput {
  let prediction: tf.Tensor | undefined;
  // Kept only where a metric wants it.
  const onPrediction = (output: tf.Tensor): void => {
    if (rule.metrics.length > 0) prediction = tf.keep(tf.clone(output));
  };
  try {
    const { value, gradients } = costAndGradients(model, rule.loss, samples, { training, onPrediction });
    const metrics = prediction === undefined ? [] : measureAll(rule.metrics, samples.y, prediction);
    const updates = [...rule.optimizer.computeUpdates(model.parameters, gradients, scalars), ...training.takeUpdates()];
    return { loss: value, metrics, updates };
  } finally {
    prediction?.dispose();
    training.dispose();
  }
}

/** Does what a step computed: the one place where training changes a model. The updates stay the caller's. */
export function takeStep(model: Model, optimizer: Optimizer, { updates }: StepOutput): void {
  assign(updates);
  optimizer.stepTaken(model.parameters);
  if (model.stepsTaken !== undefined) model.stepsTaken++;
}

/** What one step descends on, and by which rule. */
export interface TrainStepOptions {
  readonly loss: LossLike;
  readonly optimizer: Optimizer;
  /** How much each sample's loss counts, [batch]. The sum is divided by the number of samples, as in `fit`. */
  readonly sampleWeight?: Data;
}

/**
 * One step of descent on one batch, for those who write their own loop: forward, loss, backward, update.
 *
 *     const loss = trainStep(model, x, y, { loss: "meanSquaredError", optimizer });
 *
 * x [batch, …input], y as the loss wants it. Returns the loss before the update, a scalar that the caller disposes of.
 * Values are looked at only in arrays: whether a tensor holds a NaN, or a weight below 0, would have to be read back,
 * every step.
 *
 * @throws ShapeError, DataError, HyperparameterError, UnknownNameError, UnconnectedParameterError, DisposedError: the
 * model is then unchanged
 */
export function trainStep(model: Model, x: Data, y: Data, options: TrainStepOptions): tf.Scalar {
  expectOptions("trainStep", options, ["loss", "optimizer", "sampleWeight"]);
  return tf.tidy(() => {
    const { samples, rule } = borrowStep("trainStep", x, y, options);
    const output = computeStep(model, samples, rule);
    takeStep(model, rule.optimizer, output);
    return output.loss;
  });
}

/**
 * What a step on one batch of the user's is computed from. The caller tidies.
 *
 * @param who the call that was given it
 * @throws ShapeError, DataError, HyperparameterError, UnknownNameError, DisposedError; the loss a ShapeError
 */
export function borrowStep(
  who: string,
  x: Data,
  y: Data,
  options: TrainStepOptions,
): { readonly samples: Samples; readonly rule: StepRule } {
  const { optimizer, sampleWeight } = options;
  const loss = resolveLoss(options.loss);
  expectOptimizer(who, optimizer);
  if (sampleWeight !== undefined) expectWeighable(who, "sampleWeight", loss);
  const checkedLoss: Loss = (target, prediction, weights) => {
    expectTarget(who, loss, target.shape, prediction.shape);
    return loss(target, prediction, weights);
  };
  const rule = { loss: checkedLoss, optimizer, metrics: [] };
  const pair = { x: borrowTensor("x", x), y: borrowTensor("y", y) };
  expectPairs(who, "x", pair.x, "y", pair.y);
  if (sampleWeight === undefined) return { samples: pair, rule };
  const weights = borrowWeights(sampleWeight, { who, name: "sampleWeight", count: pair.x.shape[0] });
  return { samples: { ...pair, weights }, rule };
}
