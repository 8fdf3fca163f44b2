import * as tf from "@tensorflow/tfjs-core";
import { DisposedError, ShapeError } from "./errors.ts";
import { lookUp } from "./lookup.ts";
import { binaryCrossentropy, binaryCrossentropyFromLogits } from "./losses/binary-crossentropy.ts";
import {
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
} from "./losses/categorical-crossentropy.ts";
import { huber, meanAbsoluteError, meanSquaredError } from "./losses/regression.ts";
import { quote } from "./quote.ts";

export {
  binaryCrossentropy,
  binaryCrossentropyFromLogits,
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
};

/**
 * A cost of a prediction: tensors [batch, …] to a scalar, the mean over the samples. With sampleWeights w [batch], as in
 * Keras, 1/n Σ wᵢ lᵢ. One that takes no third parameter cannot be weighted.
 */
export type Loss = (target: tf.Tensor, prediction: tf.Tensor, sampleWeights?: tf.Tensor1D) => tf.Scalar;

/** The losses that have a name. Names are Keras's, and the short ones too. */
export const losses = {
  meanSquaredError,
  mse: meanSquaredError,
  meanAbsoluteError,
  mae: meanAbsoluteError,
  huber,
  binaryCrossentropy,
  binaryCrossentropyFromLogits,
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
} as const satisfies Record<string, Loss>;

/** A name, or a function of target and prediction written in tf operations. */
export type LossLike = keyof typeof losses | Loss;

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
