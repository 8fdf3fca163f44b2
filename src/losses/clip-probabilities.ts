import * as tf from "@tensorflow/tfjs-core";

/** Keras's ε. Written out: tfjs's own depends on the backend, and is 1e-4 on WebGL. */
const epsilon = 1e-7;

/**
 * Probabilities cut off at ε and 1 − ε, ε = 1e-7, so that their logarithms are finite; as Keras does. What is cut off has
 * no gradient: an output that is saturated on the wrong side stays there, where from logits it would come back.
 */
export function clipProbabilities(probabilities: tf.Tensor): tf.Tensor {
  return tf.clipByValue(probabilities, epsilon, 1 - epsilon);
}
