import * as tf from "@tensorflow/tfjs-core";

/** Keras's ε. Written out: tfjs's own depends on the backend, and is 1e-4 on WebGL. */
const epsilon = 1e-7;

/**
 * ln p of probabilities, cut off at ε and 1 − ε, ε = 1e-7, so that it is finite; as in Keras. What is cut off has no
 * gradient: an output that is saturated on the wrong side stays there, where from logits it would come back.
 */
export function logProbabilities(probabilities: tf.Tensor): tf.Tensor {
  const logarithms = tf.log(tf.clipByValue(probabilities, epsilon, 1 - epsilon));
  // 0 p is NaN for NaN. In tfjs 4.22.0 wasm's clip makes ε of it and WebGPU's logarithm a number: a run that has diverged
  // would go on with a finite loss.
  return tf.add(logarithms, tf.mul(probabilities, 0));
}
