import * as tf from "@tensorflow/tfjs-core";
import { assign, type Assignment } from "./assignment.ts";
import { borrowTensor, type Data } from "./data.ts";
import { valueAndGradients } from "./differentiate.ts";
import { expectOptions } from "./hyperparameter.ts";
import { resolveLoss, scalarOf, type Loss, type LossLike } from "./losses.ts";
import { expectTarget } from "./losses/expect-target.ts";
import type { MetricFunction as Metric } from "./metrics.ts";
import type { Model } from "./model.ts";
import { expectOptimizer, type Optimizer } from "./optimizer.ts";
import { expectPairs } from "./training-data.ts";
import { TrainingPass } from "./training-pass.ts";

/** What a step descends on, and by which rule. */
export interface StepRule {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly Metric[];
}

/** All that comes out of a step. */
export interface StepOutput {
  readonly loss: tf.Scalar;
  readonly metrics: readonly tf.Scalar[];
  /** The new parameters and the new optimizer state, not yet assigned. */
  readonly updates: Assignment[];
}

/**
 * One training step as a function from tensors (the batch, and the parameters, state and rates as they stand) to tensors
 * (the loss, the metrics, the new parameters and state). It changes nothing; `assign` does. The caller tidies.
 *
 * @throws UnconnectedParameterError, ShapeError
 */
export function computeStep(model: Model, x: tf.Tensor, y: tf.Tensor, rule: StepRule): StepOutput {
  let prediction: tf.Tensor | undefined;
  const training = new TrainingPass(model.stepsTaken ?? 0);
  try {
    const { value, gradients } = valueAndGradients(
      () => {
        const output = model.forward(x, training);
        // Kept only where a metric wants it: what the forward pass makes is gone once its gradients are there.
        if (rule.metrics.length > 0) prediction = tf.keep(tf.clone(output));
        return withPenalty(model, rule.loss(y, output));
      },
      model.parameters,
      (parameter) => model.nameOf(parameter),
    );
    const metrics =
      prediction === undefined
        ? []
        : rule.metrics.map((metric) =>
            scalarOf(metric.name === "" ? "A metric" : `The metric ${metric.name}`, metric(y, prediction as tf.Tensor)),
          );
    const updates = [...rule.optimizer.computeUpdates(model.parameters, gradients), ...training.takeUpdates()];
    return { loss: value, metrics, updates };
  } finally {
    prediction?.dispose();
    training.dispose();
  }
}

/** Does what a step computed: the one place where training changes a model. The updates stay the caller's. */
export function takeStep(model: Model, { updates }: StepOutput): void {
  assign(updates);
  if (model.stepsTaken !== undefined) model.stepsTaken++;
}

/** What is descended on: the loss, and what the layers add to it. */
export function withPenalty(model: Model, loss: tf.Scalar): tf.Scalar {
  const penalty = model.penalty?.();
  return penalty === undefined ? loss : tf.add(loss, penalty);
}

/**
 * One step of descent on one batch, for those who write their own loop: forward, loss, backward, update.
 *
 *     const loss = trainStep(model, x, y, { loss: "meanSquaredError", optimizer });
 *
 * x [batch, …input], y as the loss wants it. Returns the loss before the update, a scalar that the caller disposes of.
 * Values are looked at only in arrays: whether a tensor holds a NaN would have to be read back, every step.
 *
 * @throws ShapeError, DataError, UnknownNameError, UnconnectedParameterError, DisposedError: the model is then unchanged
 */
export function trainStep(
  model: Model,
  x: Data,
  y: Data,
  options: { readonly loss: LossLike; readonly optimizer: Optimizer },
): tf.Scalar {
  expectOptions("trainStep", options, ["loss", "optimizer"]);
  const loss = resolveLoss(options.loss);
  expectOptimizer("trainStep", options.optimizer);
  return tf.tidy(() => {
    const checkedLoss: Loss = (target, prediction) => {
      expectTarget("trainStep", loss, target.shape, prediction.shape);
      return loss(target, prediction);
    };
    const rule = { loss: checkedLoss, optimizer: options.optimizer, metrics: [] };
    const inputs = borrowTensor("x", x);
    const targets = borrowTensor("y", y);
    expectPairs("trainStep", "x", inputs, "y", targets);
    const output = computeStep(model, inputs, targets, rule);
    takeStep(model, output);
    return output.loss;
  });
}
