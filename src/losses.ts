import * as tf from "@tensorflow/tfjs-core";
import { lookUp } from "./lookup.ts";
import { expectShape, sizeOf, type Shape } from "./shape.ts";

/** A cost of a prediction: tensors of one shape, [batch, …], to a scalar. */
export type Loss = (target: tf.Tensor, prediction: tf.Tensor) => tf.Scalar;

/** A loss refuses to broadcast: a target [batch] against a prediction [batch, 1] would be compared pair by pair. */
function expectSameShape(who: string, target: tf.Tensor, prediction: tf.Tensor): void {
  expectShape(who, "a target", prediction.shape, target.shape, "Give the target the prediction's shape.");
}

/**
 * Mean squared error:
 *
 *     C = 1/(n d) Σ (y − a)²
 *
 * y target [batch, outputs], a prediction [batch, outputs]: the mean over all n · d elements, as in Keras and PyTorch.
 * The texts' ½‖y − a‖² per sample has the same direction: η here equals η there times d / 2.
 *
 * @throws ShapeError if the shapes differ
 */
export function meanSquaredError(target: tf.Tensor, prediction: tf.Tensor): tf.Scalar {
  expectSameShape("meanSquaredError", target, prediction);
  return tf.mean(tf.squaredDifference(prediction, target));
}

/**
 * Mean absolute error:
 *
 *     C = 1/(n d) Σ |y − a|
 *
 * @throws ShapeError if the shapes differ
 */
export function meanAbsoluteError(target: tf.Tensor, prediction: tf.Tensor): tf.Scalar {
  expectSameShape("meanAbsoluteError", target, prediction);
  return tf.mean(tf.abs(tf.sub(prediction, target)));
}

/** The losses that have a name. The short ones are Keras's. */
export const losses = {
  meanSquaredError,
  mse: meanSquaredError,
  meanAbsoluteError,
  mae: meanAbsoluteError,
} as const satisfies Record<string, Loss>;

/** A name, or a function of target and prediction written in tf operations. */
export type LossLike = keyof typeof losses | Loss;

/**
 * Refuses a target that a loss would have to broadcast. A named loss wants the prediction's shape. A function may take
 * another (labels, say), but not the prediction's values in another shape: [batch] against [batch, 1] would be compared
 * each with each.
 *
 * @throws ShapeError
 */
export function expectTarget(who: string, loss: Loss, target: Shape, prediction: Shape): void {
  const isNamed = Object.values<Loss>(losses).includes(loss);
  if (!isNamed && sizeOf(target) !== sizeOf(prediction)) return;
  const mend =
    sizeOf(target) === sizeOf(prediction) ? "Reshape y: a loss never broadcasts." : "A loss never broadcasts.";
  expectShape(who, "a target y", prediction, target, mend);
}

/** @throws UnknownNameError with the nearest known name */
export function resolveLoss(loss: LossLike): Loss {
  return typeof loss === "function" ? loss : lookUp<Loss>("loss", loss, losses);
}
