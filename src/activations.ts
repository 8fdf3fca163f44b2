import * as tf from "@tensorflow/tfjs-core";
import { lookUp } from "./lookup.ts";

/** Turns weighted inputs z into activations a of the same shape, a = σ(z). */
export type Activation = (z: tf.Tensor) => tf.Tensor;

/** a = z. */
const linear: Activation = (z) => z;

/** a = 1 / (1 + e⁻ᶻ), in (0, 1); σ′ = a (1 − a). */
const sigmoid: Activation = (z) => tf.sigmoid(z);

/** a = tanh z, in (−1, 1); σ′ = 1 − a². */
const tanh: Activation = (z) => tf.tanh(z);

/** a = max(0, z); σ′ is 1 above 0, else 0 (at 0 itself by convention, as in tfjs). */
const relu: Activation = (z) => tf.relu(z);

/** a_j = e^{z_j} / Σ_k e^{z_k} over the last axis: positive, and 1 in sum. */
const softmax: Activation = (z) => tf.softmax(z);

/** The activations that have a name. */
export const activations = { linear, sigmoid, tanh, relu, softmax } as const satisfies Record<string, Activation>;

/** A name, or a function of z written in tf operations. */
export type ActivationLike = keyof typeof activations | Activation;

/** The function that a name stands for; a function as it is. @throws UnknownNameError with the nearest known name */
export function resolveActivation(activation: ActivationLike): Activation {
  return typeof activation === "function" ? activation : lookUp<Activation>("activation", activation, activations);
}
