import * as tf from "@tensorflow/tfjs-core";
import { lookUp } from "./lookup.ts";

/** Turns weighted inputs z into activations a of the same shape, a = σ(z). */
export type Activation = (z: tf.Tensor) => tf.Tensor;

/** a = z. */
export function linear(z: tf.Tensor): tf.Tensor {
  return z;
}

/** a = 1 / (1 + e⁻ᶻ), in (0, 1); σ′ = a (1 − a). */
export function sigmoid(z: tf.Tensor): tf.Tensor {
  return tf.sigmoid(z);
}

/** a = tanh z, in (−1, 1); σ′ = 1 − a². */
export function tanh(z: tf.Tensor): tf.Tensor {
  return tf.tanh(z);
}

/** a = max(0, z); σ′ is 1 above 0, else 0 (at 0 itself by convention, as in tfjs, Keras and PyTorch). */
export function relu(z: tf.Tensor): tf.Tensor {
  return tf.relu(z);
}

/**
 * a = z above 0, else slope · z, so that no unit dies; σ′ at 0 itself is the slope. The slope is 0.2, that of Keras's
 * function and of tfjs; Keras's layer has 0.3, PyTorch 0.01.
 *
 * Maas et al., 2013, https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf
 */
export function leakyRelu(z: tf.Tensor, slope: number = 0.2): tf.Tensor {
  return tf.leakyRelu(z, slope);
}

/**
 * a = z above 0, else eᶻ − 1, in (−1, ∞); σ′ = 1 above 0, else a + 1. Keras's with its α of 1.
 *
 * Clevert et al., 2015, https://arxiv.org/abs/1511.07289
 */
export function elu(z: tf.Tensor): tf.Tensor {
  return tf.elu(z);
}

/** a = ln(1 + eᶻ), a smooth max(0, z), in (0, ∞); σ′ = 1 / (1 + e⁻ᶻ). */
export function softplus(z: tf.Tensor): tf.Tensor {
  return tf.softplus(z);
}

/** a_j = e^{z_j} / Σ_k e^{z_k} over the last axis: positive, and 1 in sum. */
export function softmax(z: tf.Tensor): tf.Tensor {
  return tf.softmax(z);
}

/**
 * a = z Φ(z), Φ the distribution function of N(0, 1):
 *
 *     a = ½ z (1 + erf(z / √2))
 *
 * by erf as Keras's and PyTorch's default, not by the approximation with tanh. Except on the native backend tfjs's erf is
 * itself approximate (Abramowitz and Stegun, 7.1.26), off by up to 5e-7: a is then off by up to 2.5e-7 |z|.
 *
 * Hendrycks and Gimpel, 2016, https://arxiv.org/abs/1606.08415
 */
export function gelu(z: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(z, 0.5), tf.add(tf.erf(tf.mul(z, Math.SQRT1_2)), 1));
}

/** The activations that have a name. */
export const activations = {
  linear,
  sigmoid,
  tanh,
  relu,
  leakyRelu,
  elu,
  softplus,
  softmax,
  gelu,
} as const satisfies Record<string, Activation>;

/** A name, or a function of z written in tf operations. */
export type ActivationLike = keyof typeof activations | Activation;

/** The function that a name stands for; a function as it is. @throws UnknownNameError with the nearest known name */
export function resolveActivation(activation: ActivationLike): Activation {
  return typeof activation === "function" ? activation : lookUp<Activation>("activation", activation, activations);
}
