import * as tf from "@tensorflow/tfjs-core";
import { HyperparameterError } from "./errors.ts";
import { expectHyperparameter, isPositiveFloat32 } from "./hyperparameter.ts";

/** Bounds on gradients, at most one of them, as in Keras. Each is above 0; default none. */
export interface ClippingOptions {
  /** c: every element is cut to [−c, c]. */
  readonly clipValue?: number;
  /** c: each parameter's gradient is shortened to the Euclidean norm c if it is longer. */
  readonly clipNorm?: number;
  /** c: all gradients together, as one vector, are shortened to the Euclidean norm c if it is longer. */
  readonly globalClipNorm?: number;
}

/** How gradients are clipped, and at what. */
export interface Clipping {
  readonly by: keyof ClippingOptions;
  readonly threshold: number;
}

/** The names of the options. */
export const clippings = ["clipValue", "clipNorm", "globalClipNorm"] as const satisfies Clipping["by"][];

/** The one that is asked for, if any. @throws HyperparameterError for a threshold not above 0, or more than one */
export function resolveClipping(who: string, options: ClippingOptions): Clipping | undefined {
  const [by, other] = clippings.filter((name) => options[name] !== undefined);
  if (by === undefined) return undefined;
  const threshold = options[by];
  if (other !== undefined) {
    const message = `${who} clips by one of ${clippings.join(", ")}, got ${by} and ${other}. Leave all but one out.`;
    throw new HyperparameterError(message, other, options[other]);
  }
  expectHyperparameter(isPositiveFloat32(threshold), who, by, "a finite number above 0", threshold);
  return { by, threshold: threshold as number };
}

/**
 * The gradients, clipped; one that is short enough stays as it is to the last bit.
 *
 *     clipValue        g ← min(max(g, −c), c)
 *     clipNorm         g ← g min(1, c / ‖g‖)
 *     globalClipNorm   g ← g min(1, c / √Σ ‖g‖²), the sum over all parameters
 *
 * As in Keras; PyTorch's clip_grad_norm_ adds 1e-6 to the norm. A NaN stays one. The caller tidies.
 *
 * @param threshold c
 */
export function clipGradients(
  gradients: readonly tf.Tensor[],
  by: Clipping["by"],
  threshold: tf.Scalar,
): readonly tf.Tensor[] {
  if (by === "clipNorm") return gradients.map((gradient) => tf.mul(gradient, shrinkage([gradient], threshold)));
  if (by === "globalClipNorm") {
    const factor = shrinkage(gradients, threshold);
    return gradients.map((gradient) => tf.mul(gradient, factor));
  }
  const lowest = tf.neg(threshold);
  return gradients.map((gradient) => tf.minimum(tf.maximum(gradient, lowest), threshold));
}

/**
 * min(1, c / ‖g‖) for all gradients as one vector g. With s, the largest element's size or c if that is larger:
 *
 *     (c / s) / max(‖g / s‖, c / s)
 *
 * whose squares are at most 1: those of g overflow float32 from 1.8e19 on, just where clipping is wanted most. No part of
 * it is 0 / 0 where g is 0.
 */
function shrinkage(gradients: readonly tf.Tensor[], threshold: tf.Scalar): tf.Tensor {
  const largest = gradients
    .map((gradient) => tf.max(tf.abs(gradient)))
    .reduce((one, other) => tf.maximum(one, other), threshold);
  const squares = gradients
    .map((gradient) => tf.sum(tf.square(tf.div(gradient, largest))))
    .reduce((one, other) => tf.add(one, other));
  const share = tf.div(threshold, largest);
  return tf.div(share, tf.maximum(tf.sqrt(squares), share));
}
