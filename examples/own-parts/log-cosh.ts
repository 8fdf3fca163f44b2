import * as tf from "@tensorflow/tfjs-core";

/**
 * A loss of one's own: about half the square of a small error, and the size of a large one, so that a few wild targets do
 * not outweigh the rest.
 *
 *     C = 1/n Σ log cosh e,   e = prediction − target
 *
 * target and prediction [batch, …] → a scalar. As e + log(1 + exp(−2e)) − log 2, which does not
 * overflow where cosh does.
 */
export function logCosh(target: tf.Tensor, prediction: tf.Tensor): tf.Scalar {
  const error = tf.sub(prediction, target);
  return tf.mean(tf.sub(tf.add(error, tf.softplus(tf.mul(-2, error))), Math.LN2));
}
