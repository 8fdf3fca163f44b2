import * as tf from "@tensorflow/tfjs-core";
import { clipProbabilities } from "./clip-probabilities.ts";
import { expectArguments } from "./expect-arguments.ts";
import { weightedMean } from "./weighted-mean.ts";

/**
 * Binary cross-entropy of probabilities, those of a sigmoid:
 *
 *     C = −1/(n d) Σ (y ln p + (1 − y) ln(1 − p))
 *
 * y target [batch, outputs] in [0, 1], p prediction [batch, outputs], cut off at 1e-7 and 1 − 1e-7 as in Keras: at most
 * 16.118, and no gradient beyond. From logits it has one everywhere. Outputs are judged each by itself: for several
 * classes of which one holds, take a categorical one. With sampleWeights w [batch] each sample's mean counts wᵢ times, and
 * the sum is divided by n, not by Σ w (Keras).
 *
 * @throws ShapeError if the shapes differ, or there is not one weight for each sample
 */
export function binaryCrossentropy(target: tf.Tensor, prediction: tf.Tensor, sampleWeights?: tf.Tensor1D): tf.Scalar {
  expectArguments("fractions", "binaryCrossentropy", target, prediction, sampleWeights);
  const whereOne = tf.mul(target, tf.log(clipProbabilities(prediction)));
  // 1 − p is cut off itself: after that of p it would be 1.19e-7 where p is 1, by the rounding of 1 − 1e-7.
  const whereZero = tf.mul(tf.sub(1, target), tf.log(clipProbabilities(tf.sub(1, prediction))));
  return weightedMean(tf.neg(tf.add(whereOne, whereZero)), sampleWeights);
}

/**
 * Binary cross-entropy of logits z, the inputs of a sigmoid, p = σ(z):
 *
 *     C = 1/(n d) Σ (y s(−z) + (1 − y) s(z)),   s(z) = ln(1 + eᶻ)
 *
 * y target [batch, outputs] in [0, 1], z prediction [batch, outputs]. Equal to Keras's max(z, 0) − z y + ln(1 + e^−|z|),
 * but a sum of what is never negative: nothing cancels, the slope σ(z) − y is right at z = 0 too, and both are finite for
 * any finite logit. With sampleWeights w [batch] each sample's mean counts wᵢ times, and the sum is divided by n, not by
 * Σ w (Keras).
 *
 * @throws ShapeError if the shapes differ, or there is not one weight for each sample
 */
export function binaryCrossentropyFromLogits(
  target: tf.Tensor,
  prediction: tf.Tensor,
  sampleWeights?: tf.Tensor1D,
): tf.Scalar {
  expectArguments("fractions", "binaryCrossentropyFromLogits", target, prediction, sampleWeights);
  const whereOne = tf.mul(target, tf.softplus(tf.neg(prediction)));
  const whereZero = tf.mul(tf.sub(1, target), tf.softplus(prediction));
  return weightedMean(tf.add(whereOne, whereZero), sampleWeights);
}
