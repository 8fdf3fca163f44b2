import * as tf from "@tensorflow/tfjs-core";
import { DisposedError, ShapeError } from "./errors.ts";
import { lookUp } from "./lookup.ts";
import { quote } from "./quote.ts";
import { expectShape, sizeOf, type Shape } from "./shape.ts";

/** A cost of a prediction: tensors of one shape, [batch, …], to a scalar. */
export type Loss = (target: tf.Tensor, prediction: tf.Tensor, sampleWeights?: tf.Tensor1D) => tf.Scalar;

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
 * y target [batch, outputs], a prediction [batch, outputs]; its slope is 0 where they meet.
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
export function expectTarget(who: string, loss: Loss, target: Shape, prediction: Shape, name = "y"): void {
  const isNamed = Object.values<Loss>(losses).includes(loss);
  if (!isNamed && sizeOf(target) !== sizeOf(prediction)) return;
  const mend =
    sizeOf(target) === sizeOf(prediction) ? `Reshape ${name}: a loss never broadcasts.` : "A loss never broadcasts.";
  expectShape(who, `a target ${name}`, prediction, target, mend);
}

/** The function that a name stands for; a function as it is. @throws UnknownNameError with the nearest known name */
export function resolveLoss(loss: LossLike): Loss {
  return typeof loss === "function" ? loss : lookUp<Loss>("loss", loss, losses);
}

/**
 * What a loss or metric of the user's gave, as a float32 scalar that is the caller's: a tensor that it keeps for itself
 * stays its own. The caller tidies.
 *
 * @throws ShapeError, DisposedError
 */
export function scalarOf(who: string, value: unknown): tf.Scalar {
  if (!(value instanceof tf.Tensor) || value.rank !== 0) {
    const shape = value instanceof tf.Tensor ? value.shape : [];
    throw new ShapeError(
      `${who} must return a scalar tensor, got ${quote(value)}. Take its tf.mean or tf.sum.`,
      [],
      shape,
    );
  }
  if (value.isDisposed)
    throw new DisposedError(`${who} returned a tensor that was disposed. Leave disposing to the caller.`);
  return tf.cast(value, "float32") as tf.Scalar;
}
