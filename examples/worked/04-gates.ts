/**
 * W4. Back-propagation through gates. Each gate takes the gradient that comes from above (upstream) and hands it on to
 * its inputs by a rule of its own.
 *
 *     f(x, y, z) = (x + y) z
 *     add: both inputs get the upstream gradient; multiply: each gets it times the other input;
 *     maximum: the larger input gets all of it, the smaller none
 */
import * as tf from "@tensorflow/tfjs-core";
import { gradient } from "rivulet";
import { takeOne } from "./numbers.ts";
import { page, roundAll, table } from "./page.ts";

export const title = "W4  Gates: f(x, y, z) = (x + y) z";

export interface Circuit {
  readonly q: number;
  readonly f: number;
  /** ∂f/∂x, ∂f/∂y, ∂f/∂z */
  readonly gradient: readonly number[];
}

/** The circuit forwards, q = x + y and f = q z, and backwards. */
export async function circuit(x: number, y: number, z: number): Promise<Circuit> {
  const q = (a: tf.Tensor | number, b: tf.Tensor | number) => tf.add(a, b);
  const gradients = gradient((a, b, c) => tf.mul(q(a, b), c))(x, y, z);
  return {
    q: await takeOne(q(x, y)),
    f: await takeOne(tf.tidy(() => tf.mul(q(x, y), z))),
    gradient: await Promise.all(gradients.map(takeOne)),
  };
}

const gates = { add: tf.add, multiply: tf.mul, maximum: tf.maximum } as const;

export interface Passage {
  readonly gate: keyof typeof gates;
  readonly inputs: readonly [number, number];
  /** The gradient of the final result with respect to this gate's output. */
  readonly upstream: number;
  /** What the inputs get of it. */
  readonly gradients: readonly number[];
}

/** Passes a gradient back through one gate. */
export async function passBack(
  gate: keyof typeof gates,
  inputs: readonly [number, number],
  upstream: number,
): Promise<Passage> {
  // A result whose slope along the gate's output is the upstream gradient.
  const result = (a: tf.Tensor, b: tf.Tensor) => tf.mul(upstream, gates[gate](a, b));
  const gradients = await Promise.all(gradient(result)(...inputs).map(takeOne));
  return { gate, inputs, upstream, gradients };
}

/** The two gates of the circuit at (−2, 5, −4), last one first, then a maximum gate in the place of the addition. */
export async function passages(): Promise<Passage[]> {
  return [
    await passBack("multiply", [3, -4], 1),
    await passBack("add", [-2, 5], -4),
    await passBack("maximum", [-2, 5], -4),
    await passBack("maximum", [5, -2], -4),
  ];
}

export async function report(): Promise<string> {
  const { q, f, gradient: whole } = await circuit(-2, 5, -4);
  const rows = (await passages()).map(({ gate, inputs, upstream, gradients }) => [
    gate,
    roundAll(inputs),
    upstream,
    roundAll(gradients),
  ]);
  return page(
    title,
    `At x = -2, y = 5, z = -4 the circuit gives q = x + y = ${q} and f = q z = ${f}. Its gradient is ` +
      `${roundAll(whole)}: raise x or y a little, and f falls four times as fast; raise z, and f rises three times as fast.`,
    "That gradient is handed back gate by gate. Each row shows what arrives from above and what the inputs get:",
    table(["gate", "inputs", "upstream", "handed to the inputs"], rows),
    "Addition hands the gradient on unchanged to both. Multiplication swaps its inputs: each gets the other times the " +
      "gradient. The maximum is a switch: all of it goes to the larger input, none to the smaller.",
  );
}
