import * as tf from "@tensorflow/tfjs-core";

/**
 * The mean of losses, each sample's times its weight:
 *
 *     C = 1/n Σᵢ wᵢ lᵢ
 *
 * losses [batch, …] with lᵢ the mean of sample i's own, sampleWeights w [batch] → scalar. The division is by the number of
 * samples n, not by Σ w, as in Keras: weights of 2 double the loss, and with it the step. Without weights each is 1.
 */
export function weightedMean(losses: tf.Tensor, sampleWeights: tf.Tensor1D | undefined): tf.Scalar {
  if (sampleWeights === undefined) return tf.mean(losses);
  const column = [sampleWeights.size, ...losses.shape.slice(1).fill(1)];
  return tf.mean(tf.mul(losses, tf.reshape(sampleWeights, column)));
}
