import * as tf from "@tensorflow/tfjs-core";
import { toTensor, type Data } from "../data.ts";
import { InUseError } from "../errors.ts";
import { expectHyperparameter } from "../hyperparameter.ts";
import { valueAndGradients, type ValueAndGradients } from "../differentiate.ts";

/** A scalar function of one tensor. */
export type ScalarFunction = (point: tf.Tensor) => tf.Tensor;

/**
 * The gradient of a scalar function, by automatic differentiation:
 *
 *     gradient(f)(x) = ∇f(x),   gradient(f)(x, y, …) = [∂f/∂x, ∂f/∂y, …]
 *
 * Each gradient has its point's shape. Points are numbers, nested arrays or tensors; f gets them as float32 tensors and
 * returns a scalar, written in tf operations. With several points, one backward pass gives all gradients. They are the
 * caller's to dispose of.
 *
 *     gradient((x) => tf.square(tf.sub(x, 2)))(1)        // −2
 *
 * @throws ShapeError if f does not return a scalar; UnconnectedParameterError if it does not depend on a point
 */
export function gradient<Points extends readonly tf.Tensor[]>(
  f: (...points: Points) => tf.Tensor,
): (...points: { [Index in keyof Points]: Data }) => Gradients<Points> {
  expectHyperparameter(typeof f === "function", "gradient", "f", "a function of tensors", f);
  return (...points) => {
    const gradients = tf.tidy(() => [
      ...valueAndGradientsAt((...at) => f(...(at as unknown as Points)), points).gradients,
    ]);
    return (points.length === 1 ? gradients[0] : gradients) as Gradients<Points>;
  };
}

/** One tensor for one point, as many as there are for several. */
type Gradients<Points extends readonly tf.Tensor[]> = Points extends readonly [tf.Tensor]
  ? tf.Tensor
  : { [Index in keyof Points]: tf.Tensor };

/** A function's value and its gradients at points. The caller tidies. */
export function valueAndGradientsAt(
  f: (...points: tf.Tensor[]) => tf.Tensor,
  points: readonly Data[],
): ValueAndGradients {
  expectHyperparameter(points.length > 0, "gradient", "points", "at least one point", points);
  if (tf.engine().state.gradientDepth > 0) {
    // The points become variables, which the outer tape does not know: it would find no gradient through them.
    const message =
      "gradient cannot be taken inside what is being differentiated. Take the inner one with tf.grad(f)(x).";
    throw new InUseError(message);
  }
  const variables: tf.Variable[] = [];
  try {
    points.forEach((point, index) => variables.push(tf.variable(toTensor(`point ${index + 1}`, point))));
    const nameOf = (variable: tf.Variable) => `point ${variables.indexOf(variable) + 1}`;
    return valueAndGradients(() => f(...variables), variables, nameOf);
  } finally {
    tf.dispose(variables);
  }
}
