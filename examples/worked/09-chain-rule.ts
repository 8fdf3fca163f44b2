/**
 * W9. The chain rule through three layers. One backward pass gives the gradients of all three; the same come out of
 * multiplying the layers' local Jacobians by hand.
 *
 *     f(W1, W2, W3) = a(W1, b(W2, c(W3))),   c = tanh(W3 x),  b = tanh(W2 c),  a = W1 · b
 *     ∂f/∂W1 = ∂a/∂W1,   ∂f/∂W2 = ∂a/∂b ∂b/∂W2,   ∂f/∂W3 = ∂a/∂b ∂b/∂c ∂c/∂W3
 */
import * as tf from "@tensorflow/tfjs-core";
import { gradient } from "rivulet";
import { take, takeOne } from "./numbers.ts";
import { page, roundAll, table } from "./page.ts";

export const title = "W9  The chain rule through three layers";

export const x = [0.5, -1];
export const w1 = [0.8, -0.6];
export const w2 = [
  [0.2, -0.4],
  [0.7, 0.1],
];
export const w3 = [
  [0.3, 0.9],
  [-0.5, 0.6],
];

const layerC = (weights: tf.Tensor) => tf.tanh(tf.dot(weights, tf.tensor1d(x)));
const layerB = (weights: tf.Tensor, c: tf.Tensor) => tf.tanh(tf.dot(weights, c));
const layerA = (weights: tf.Tensor, b: tf.Tensor) => tf.dot(weights, b);

/** f, and its gradient with respect to each layer's weights, row-major. */
export interface Gradients {
  readonly w1: readonly number[];
  readonly w2: readonly number[];
  readonly w3: readonly number[];
}

/** f itself. */
export async function evaluate(): Promise<number> {
  return takeOne(tf.tidy(() => layerA(tf.tensor1d(w1), layerB(tf.tensor2d(w2), layerC(tf.tensor2d(w3))))));
}

/** All three from one backward pass. */
export async function byOnePass(): Promise<Gradients> {
  const whole = gradient((weights1, weights2, weights3) => layerA(weights1, layerB(weights2, layerC(weights3))));
  const [one = [], two = [], three = []] = await Promise.all(whole(w1, w2, w3).map(take));
  return { w1: one, w2: two, w3: three };
}

/**
 * The local Jacobian of one layer at a point, [outputs, inputs] with the inputs row-major: a row for each output, from a
 * backward pass through this layer alone. The caller tidies.
 */
function jacobian(layer: (point: tf.Tensor) => tf.Tensor, point: tf.Tensor, outputs: number): tf.Tensor {
  const row = (output: number) => {
    const slope = gradient((at) => tf.reshape(tf.slice(tf.reshape(layer(at), [outputs]), [output], [1]), []));
    return tf.reshape(slope(point), [point.size]);
  };
  return tf.stack(Array.from({ length: outputs }, (_, output) => row(output)));
}

/** All three by the chain rule: the product of the local Jacobians on the way from f to the weights. */
export async function byJacobians(): Promise<Gradients> {
  const products = tf.tidy(() => {
    const [weights1, weights2, weights3] = [tf.tensor1d(w1), tf.tensor2d(w2), tf.tensor2d(w3)];
    const c = layerC(weights3);
    const b = layerB(weights2, c);
    const dAdB = jacobian((at) => layerA(weights1, at), b, 1);
    const dBdC = jacobian((at) => layerB(weights2, at), c, 2);
    const dAdC = tf.matMul(dAdB, dBdC);
    return [
      jacobian((at) => layerA(at, b), weights1, 1),
      tf.matMul(
        dAdB,
        jacobian((at) => layerB(at, c), weights2, 2),
      ),
      tf.matMul(dAdC, jacobian(layerC, weights3, 2)),
    ];
  });
  const [one = [], two = [], three = []] = await Promise.all(products.map(take));
  return { w1: one, w2: two, w3: three };
}

export async function report(): Promise<string> {
  const [pass, product] = [await byOnePass(), await byJacobians()];
  const rows = (["w1", "w2", "w3"] as const).map((name) => [
    name.toUpperCase(),
    roundAll(pass[name], 3),
    roundAll(product[name], 3),
  ]);
  return page(
    title,
    `x goes through c = tanh(W3 x), b = tanh(W2 c) and a = W1 · b, and comes out as f = ${(await evaluate()).toFixed(6)}. ` +
      "How does f change with each layer's weights?",
    table(["∂f/∂", "one backward pass", "local Jacobians"], rows),
    "By hand, each layer gives two small Jacobians: how its output changes with its weights and with its input. The " +
      "way from f back to W3 is ∂a/∂b times ∂b/∂c times ∂c/∂W3, and W2's way shares its beginning. The backward pass " +
      "does just this, from f backwards: it carries one row along, and no Jacobian is ever written out.",
  );
}
