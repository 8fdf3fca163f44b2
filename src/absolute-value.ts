import * as tf from "@tensorflow/tfjs-core";

/** |x|, x of any shape. Its slope at 0 is 0, as in Keras and PyTorch; that of tfjs's own `tf.abs` is −1. */
export function absoluteValue(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.sign(x));
}
