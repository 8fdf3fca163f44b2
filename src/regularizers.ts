import * as tf from "@tensorflow/tfjs-core";
import { absoluteValue } from "./absolute-value.ts";
import { expectHyperparameter, expectOptions, isFloat32FromZero } from "./hyperparameter.ts";
import { lookUp } from "./lookup.ts";

/** What a parameter of any shape adds to the loss, a scalar, so that it stays small. */
export type Regularizer = (parameter: tf.Tensor) => tf.Scalar;

/** λ₁ and λ₂. */
export interface RegularizerStrengths {
  readonly l1: number;
  readonly l2: number;
}

const known = new WeakMap<Regularizer, RegularizerStrengths>();

/** The strengths of a regularizer that was made here, for files; undefined for a function of the user's own. */
export function strengthsOf(regularizer: Regularizer): RegularizerStrengths | undefined {
  return known.get(regularizer);
}

function withStrengths(strengths: RegularizerStrengths, regularizer: Regularizer): Regularizer {
  known.set(regularizer, strengths);
  return regularizer;
}

/**
 * Pulls each weight towards 0 with the same force, so that many end there:
 *
 *     λ Σ |w|
 *
 * λ strength; default 0.01, as in Keras. The slope at 0 is 0.
 *
 * @throws HyperparameterError unless λ is a finite number, 0 or more
 */
export function l1(strength: number = 0.01): Regularizer {
  expectStrength("l1", "strength", strength);
  return withStrengths({ l1: strength, l2: 0 }, (parameter) => tf.mul(strength, tf.sum(absoluteValue(parameter))));
}

/**
 * Pulls each weight towards 0 with a force that is proportional to it:
 *
 *     λ Σ w²
 *
 * λ strength; default 0.01, as in Keras. Without ½: the slope is 2 λ w, which under SGD is a weight decay of 2 λ.
 *
 * @throws HyperparameterError unless λ is a finite number, 0 or more
 */
export function l2(strength: number = 0.01): Regularizer {
  expectStrength("l2", "strength", strength);
  return withStrengths({ l1: 0, l2: strength }, (parameter) => tf.mul(strength, tf.sum(tf.square(parameter))));
}

/**
 * Both, each with its own strength:
 *
 *     λ₁ Σ |w| + λ₂ Σ w²
 *
 * λ₁ l1, λ₂ l2; one that is not given is 0, as in Keras. Zou and Hastie, 2005,
 * https://doi.org/10.1111/j.1467-9868.2005.00503.x
 *
 * @throws HyperparameterError unless both are finite numbers, 0 or more
 */
export function l1l2(strengths: { readonly l1?: number; readonly l2?: number }): Regularizer {
  expectOptions("l1l2", strengths, ["l1", "l2"]);
  const { l1: ofAbsolutes = 0, l2: ofSquares = 0 } = strengths;
  expectStrength("l1l2", "l1", ofAbsolutes);
  expectStrength("l1l2", "l2", ofSquares);
  const [absolutes, squares] = [l1(ofAbsolutes), l2(ofSquares)];
  const sum = (parameter: tf.Tensor): tf.Scalar => tf.add(absolutes(parameter), squares(parameter));
  return withStrengths({ l1: ofAbsolutes, l2: ofSquares }, sum);
}

/** The regularizers that have a name, with Keras's λ of 0.01. */
export const regularizers = { l1: l1(), l2: l2() } as const satisfies Record<string, Regularizer>;

/** A name, or a function of a parameter written in tf operations. */
export type RegularizerLike = keyof typeof regularizers | Regularizer;

/** The function that a name stands for; a function as it is. @throws UnknownNameError with the nearest known name */
export function resolveRegularizer(regularizer: RegularizerLike): Regularizer {
  if (typeof regularizer === "function") return regularizer;
  return lookUp<Regularizer>("regularizer", regularizer, regularizers);
}

function expectStrength(who: string, hyperparameter: string, strength: unknown): void {
  expectHyperparameter(isFloat32FromZero(strength), who, hyperparameter, "a finite number, 0 or more", strength);
}
