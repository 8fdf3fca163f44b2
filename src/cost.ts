import * as tf from "@tensorflow/tfjs-core";
import type { Samples } from "./batches.ts";
import { valueAndGradients, type ValueAndGradients } from "./differentiate.ts";
import type { Loss } from "./losses.ts";
import type { Model } from "./model.ts";
import type { TrainingPass } from "./training-pass.ts";

/** How the network runs forward, and who looks on. */
export interface CostOptions {
  /** As in a training step; without one, as in a prediction. */
  readonly training?: TrainingPass;
  /** Is shown the prediction, which is gone once the gradients are there. */
  readonly onPrediction?: (prediction: tf.Tensor) => void;
}

/** What is descended on, of a loss: that, and what the layers add to it. The caller tidies. */
export function withPenalty(model: Model, loss: tf.Scalar): tf.Scalar {
  const penalty = model.penalty?.();
  return penalty === undefined ? loss : tf.add(loss, penalty);
}

/**
 * What is descended on, of samples: their loss, weighed where they have weights, and what the layers add to it. The caller
 * tidies.
 *
 * @throws what the loss and the layers throw
 */
export function costOf(
  model: Model,
  loss: Loss,
  { x, y, weights }: Samples,
  { training, onPrediction }: CostOptions = {},
): tf.Scalar {
  const prediction = model.forward(x, training);
  onPrediction?.(prediction);
  return withPenalty(model, loss(y, prediction, weights));
}

/**
 * The cost of samples, and its gradient by each parameter. The caller tidies.
 *
 * @throws UnconnectedParameterError; ShapeError for a loss that is no scalar; what the loss and the layers throw
 */
export function costAndGradients(
  model: Model,
  loss: Loss,
  samples: Samples,
  options: CostOptions = {},
): ValueAndGradients {
  return valueAndGradients(
    () => costOf(model, loss, samples, options),
    model.parameters,
    (parameter) => model.nameOf(parameter),
  );
}
