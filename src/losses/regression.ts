import * as tf from "@tensorflow/tfjs-core";
import { absoluteValue } from "../absolute-value.ts";
import { expectHyperparameter, isPositiveFloat32 } from "../hyperparameter.ts";
import { expectArguments } from "./expect-arguments.ts";
import { weightedMean } from "./weighted-mean.ts";

/**
 * Mean squared error:
 *
 *     C = 1/(n d) Σ (y − a)²
 *
 * y target [batch, outputs], a prediction [batch, outputs]: the mean over all n · d elements, as in Keras and PyTorch.
 * The texts' ½‖y − a‖² per sample has the same direction: η here equals η there times d / 2. With sampleWeights w [batch]
 * each sample's mean counts wᵢ times, and the sum is divided by n, not by Σ w (Keras).
 *
 * @throws ShapeError if the shapes differ, or there is not one weight for each sample
 */
export function meanSquaredError(target: tf.Tensor, prediction: tf.Tensor, sampleWeights?: tf.Tensor1D): tf.Scalar {
  expectArguments("numbers", "meanSquaredError", target, prediction, sampleWeights);
  return weightedMean(tf.squaredDifference(prediction, target), sampleWeights);
}

/**
 * Mean absolute error:
 *
 *     C = 1/(n d) Σ |y − a|
 *
 * y target [batch, outputs], a prediction [batch, outputs]; its slope is 0 where they meet. With sampleWeights w [batch]
 * each sample's mean counts wᵢ times, and the sum is divided by n, not by Σ w (Keras).
 *
 * @throws ShapeError if the shapes differ, or there is not one weight for each sample
 */
export function meanAbsoluteError(target: tf.Tensor, prediction: tf.Tensor, sampleWeights?: tf.Tensor1D): tf.Scalar {
  expectArguments("numbers", "meanAbsoluteError", target, prediction, sampleWeights);
  return weightedMean(absoluteValue(tf.sub(prediction, target)), sampleWeights);
}

/**
 * Huber's loss, squared near the target and absolute far from it, so that outliers pull with no more than δ:
 *
 *     C = 1/(n d) Σ h(a − y),   h(e) = ½ e²  where |e| ≤ δ,  δ |e| − ½ δ²  elsewhere
 *
 * y target [batch, outputs], a prediction [batch, outputs], δ delta. As in Keras and PyTorch's HuberLoss. With
 * sampleWeights w [batch] each sample's mean counts wᵢ times, and the sum is divided by n, not by Σ w (Keras). Another δ
 * goes into a loss of one's own: `(y, a, w) => huber(y, a, w, 2)`.
 *
 * Huber, 1964, https://doi.org/10.1214/aoms/1177703732
 *
 * @throws ShapeError if the shapes differ, or there is not one weight for each sample; HyperparameterError unless δ is a
 * finite number above 0
 */
export function huber(
  target: tf.Tensor,
  prediction: tf.Tensor,
  sampleWeights?: tf.Tensor1D,
  delta: number = 1,
): tf.Scalar {
  expectHyperparameter(isPositiveFloat32(delta), "huber", "delta", "a finite number above 0", delta);
  expectArguments("numbers", "huber", target, prediction, sampleWeights);
  const error = tf.sub(prediction, target);
  // With c = e cut off at ±δ, both branches are c (e − c / 2), and so are their slopes: no branch, no comparison.
  const cut = tf.clipByValue(error, -delta, delta);
  return weightedMean(tf.mul(cut, tf.sub(error, tf.div(cut, 2))), sampleWeights);
}
