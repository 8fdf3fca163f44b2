import * as tf from "@tensorflow/tfjs-core";
import { expectArguments } from "./expect-arguments.ts";
import { logProbabilities } from "./log-probabilities.ts";
import { weightedMean } from "./weighted-mean.ts";

/** The weighted mean of −Σ_k y_k ln p_k over the last axis, y and ln p [batch, …, classes]. */
function crossentropy(distribution: tf.Tensor, logarithms: tf.Tensor, sampleWeights?: tf.Tensor1D): tf.Scalar {
  return weightedMean(tf.neg(tf.sum(tf.mul(distribution, logarithms), -1)), sampleWeights);
}

/** ln p of the rows divided by their sums. */
function logOfRows(prediction: tf.Tensor): tf.Tensor {
  return logProbabilities(tf.div(prediction, tf.sum(prediction, -1, true)));
}

/**
 * Labels [batch] or [batch, 1] as rows of zeros with a one, of the prediction's shape [batch, classes]; of zeros alone for
 * what is no class.
 */
function oneHot(labels: tf.Tensor, prediction: tf.Tensor): tf.Tensor {
  const numbers = tf.cast(tf.reshape(labels, [-1]), "int32");
  // Cast after: asked for float32, the wasm backend of tfjs 4.22.0 writes the bits of an integer.
  return tf.cast(tf.oneHot(numbers, prediction.shape[1] as number), "float32");
}

/**
 * Categorical cross-entropy of probabilities, those of a softmax:
 *
 *     C = −1/n Σᵢ Σ_k y_ik ln p_ik
 *
 * y target [batch, classes], rows one-hot or otherwise with sum 1; p prediction [batch, classes], its rows first divided
 * by their sums, then cut off at 1e-7 and 1 − 1e-7, as in Keras: at most 16.118, and no gradient beyond. From logits it has
 * one everywhere. Further axes in between count as samples do. With sampleWeights w [batch] each sample's mean counts wᵢ
 * times, and the sum is divided by n, not by Σ w (Keras).
 *
 * @throws ShapeError if the shapes differ, there are not two classes or more, or not one weight for each sample
 */
export function categoricalCrossentropy(
  target: tf.Tensor,
  prediction: tf.Tensor,
  sampleWeights?: tf.Tensor1D,
): tf.Scalar {
  expectArguments("distributions", "categoricalCrossentropy", target, prediction, sampleWeights);
  return crossentropy(target, logOfRows(prediction), sampleWeights);
}

/**
 * Categorical cross-entropy of logits z, the inputs of a softmax:
 *
 *     C = −1/n Σᵢ Σ_k y_ik (z_ik − m_i − ln Σ_j e^(z_ij − m_i)),   m_i = max_j z_ij
 *
 * y target [batch, classes], rows one-hot or otherwise with sum 1; z prediction [batch, classes]. Value and slope,
 * softmax(z) − y, are finite for any finite logits. Further axes in between count as samples do. With sampleWeights
 * w [batch] each sample's mean counts wᵢ times, and the sum is divided by n, not by Σ w (Keras).
 *
 * @throws ShapeError if the shapes differ, there are not two classes or more, or not one weight for each sample
 */
export function categoricalCrossentropyFromLogits(
  target: tf.Tensor,
  prediction: tf.Tensor,
  sampleWeights?: tf.Tensor1D,
): tf.Scalar {
  expectArguments("distributions", "categoricalCrossentropyFromLogits", target, prediction, sampleWeights);
  return crossentropy(target, tf.logSoftmax(prediction), sampleWeights);
}

/**
 * `categoricalCrossentropy` of labels:
 *
 *     C = −1/n Σᵢ ln p_i,yᵢ
 *
 * y target [batch] or [batch, 1], whole numbers from 0 to classes − 1; p prediction [batch, classes], its rows first
 * divided by their sums, then cut off at 1e-7 and 1 − 1e-7 (Keras on PyTorch and JAX; on TensorFlow it cuts off first).
 * `fit` refuses other labels; here a fraction is cut off, and what is no class costs nothing, since values are not read
 * back in a step. With sampleWeights w [batch] each sample counts wᵢ times, and the sum is divided by n, not by Σ w
 * (Keras).
 *
 * @throws ShapeError unless there is one label for each sample, two classes or more, and one weight for each sample
 */
export function sparseCategoricalCrossentropy(
  target: tf.Tensor,
  prediction: tf.Tensor,
  sampleWeights?: tf.Tensor1D,
): tf.Scalar {
  expectArguments("labels", "sparseCategoricalCrossentropy", target, prediction, sampleWeights);
  return crossentropy(oneHot(target, prediction), logOfRows(prediction), sampleWeights);
}

/**
 * `categoricalCrossentropyFromLogits` of labels:
 *
 *     C = −1/n Σᵢ (z_i,yᵢ − m_i − ln Σ_j e^(z_ij − m_i)),   m_i = max_j z_ij
 *
 * y target [batch] or [batch, 1], whole numbers from 0 to classes − 1; z prediction [batch, classes]. Value and slope are
 * finite for any finite logits. `fit` refuses other labels; here a fraction is cut off, and what is no class costs
 * nothing, since values are not read back in a step. With sampleWeights w [batch] each sample counts wᵢ times, and the
 * sum is divided by n, not by Σ w (Keras).
 *
 * @throws ShapeError unless there is one label for each sample, two classes or more, and one weight for each sample
 */
export function sparseCategoricalCrossentropyFromLogits(
  target: tf.Tensor,
  prediction: tf.Tensor,
  sampleWeights?: tf.Tensor1D,
): tf.Scalar {
  expectArguments("labels", "sparseCategoricalCrossentropyFromLogits", target, prediction, sampleWeights);
  return crossentropy(oneHot(target, prediction), tf.logSoftmax(prediction), sampleWeights);
}
