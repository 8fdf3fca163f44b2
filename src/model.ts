import type * as tf from "@tensorflow/tfjs-core";

/** What a training step needs of a network. `Sequential` is one. */
export interface Model {
  /** x [batch, …input] → prediction [batch, …output] */
  forward(x: tf.Tensor): tf.Tensor;
  readonly parameters: readonly tf.Variable[];
  /** What reports call a parameter, `"dense_1/kernel"`. */
  nameOf(parameter: tf.Variable): string;
  readonly isDisposed: boolean;
}
