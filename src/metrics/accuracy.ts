import * as tf from "@tensorflow/tfjs-core";
import { expectTargetShape } from "../losses/target-shape.ts";

/** The share of what is true. */
function share(hits: tf.Tensor): tf.Scalar {
  return tf.mean(tf.cast(hits, "float32"));
}

/**
 * The share of outputs on their target's side:
 *
 *     1/(n d) Σ [y = [a > threshold]]
 *
 * y target [batch, outputs] of zeros and ones, a prediction [batch, outputs]. On the threshold it is class 0, as in Keras;
 * 0.5 is for probabilities, 0 for logits. A target that is neither 0 nor 1 is never met.
 *
 * @throws ShapeError if the shapes differ
 */
export function binaryAccuracy(target: tf.Tensor, prediction: tf.Tensor, threshold = 0.5): tf.Scalar {
  expectTargetShape("fractions", "binaryAccuracy", "a target", target.shape, prediction.shape);
  return share(tf.equal(target, tf.cast(tf.greater(prediction, threshold), "float32")));
}

/**
 * The share of samples whose largest output is that of their class:
 *
 *     1/n Σᵢ [argmax_k y_ik = argmax_k a_ik]
 *
 * y target, one-hot or distributions, and a prediction, probabilities or logits, both [batch, classes]. Of equal outputs
 * the first counts.
 *
 * @throws ShapeError if the shapes differ, or there are not two classes or more
 */
export function categoricalAccuracy(target: tf.Tensor, prediction: tf.Tensor): tf.Scalar {
  expectTargetShape("distributions", "categoricalAccuracy", "a target", target.shape, prediction.shape);
  return share(tf.equal(tf.argMax(target, -1), tf.argMax(prediction, -1)));
}

/**
 * `categoricalAccuracy` of labels:
 *
 *     1/n Σᵢ [yᵢ = argmax_k a_ik]
 *
 * y target [batch] or [batch, 1], whole numbers from 0; a prediction [batch, classes].
 *
 * @throws ShapeError unless there is one label for each sample, and two classes or more
 */
export function sparseCategoricalAccuracy(target: tf.Tensor, prediction: tf.Tensor): tf.Scalar {
  expectTargetShape("labels", "sparseCategoricalAccuracy", "a target", target.shape, prediction.shape);
  const best = tf.cast(tf.argMax(prediction, -1), "float32");
  return share(tf.equal(tf.reshape(target, [-1]), best));
}

/**
 * The accuracy that the shapes ask for, as in Keras: `binaryAccuracy` for a prediction with one output,
 * `sparseCategoricalAccuracy` for labels [batch] or [batch, 1], `categoricalAccuracy` for one-hot rows. Asked for by name,
 * it decides at 0 where the loss takes logits; Keras decides at 0.5 all the same.
 *
 * @param threshold where one output decides
 * @throws ShapeError
 */
export function accuracy(target: tf.Tensor, prediction: tf.Tensor, threshold = 0.5): tf.Scalar {
  const outputs = prediction.rank < 2 ? 1 : prediction.shape.at(-1);
  if (outputs === 1) return binaryAccuracy(target, prediction, threshold);
  const isLabels = target.rank < prediction.rank || target.shape.at(-1) === 1;
  return isLabels ? sparseCategoricalAccuracy(target, prediction) : categoricalAccuracy(target, prediction);
}
