/**
 * W2. Descent through a chain of functions. The chain rule multiplies the slopes of its links; where the product is
 * small, descent is slow.
 *
 *     A = X + 1,  B = A²,  C = ln B,  D = √C,  E = D − 1,  loss = ½ (E − Y)²
 *     dloss/dX = (E − Y) · 1 · 1/(2 √C) · 1/B · 2A · 1 = A (E − Y) / (B √C)
 */
import * as tf from "@tensorflow/tfjs-core";
import { gradient, minimize } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { take, takeOne } from "./numbers.ts";
import { page, round, table } from "./page.ts";

export const title = "W2  Descent through a chain of functions";

/** Y, what E should become. */
const target = 0.5;

/** X → E, for each X of a tensor. */
function chain(x: tf.Tensor): tf.Tensor {
  const a = tf.add(x, 1);
  const b = tf.square(a);
  const c = tf.log(b);
  const d = tf.sqrt(c);
  return tf.sub(d, 1);
}

const loss = (x: tf.Tensor) => tf.mul(0.5, tf.square(tf.sub(chain(x), target)));

/** dloss/dX at X, by one backward pass through the whole chain. */
export async function slopeAt(x: number): Promise<number> {
  return takeOne(gradient(loss)(x));
}

/** What `slopeAt` is checked against: the product of the links' slopes, worked out on paper. */
export function slopeOnPaper(x: number): number {
  const a = x + 1;
  const b = a ** 2;
  const d = Math.sqrt(Math.log(b));
  return (a * (d - 1 - target)) / (b * d);
}

/** The X at which E is Y: solved backwards, D = Y + 1, C = D², B = e^C, A = √B, X = A − 1. */
export const solution = Math.exp((target + 1) ** 2 / 2) - 1;

export interface ChainPoint {
  readonly step: number;
  readonly x: number;
  readonly e: number;
}

/** X and E on the way down from X = 2 with η = 1. */
export async function descend(steps = 99): Promise<ChainPoint[]> {
  const { path } = await minimize(loss, 2, { optimizer: new SGD({ learningRate: 1 }), steps });
  const xs = path.map(({ point }) => point);
  const es = await take(tf.tidy(() => chain(tf.tensor1d(xs))));
  return xs.map((x, step) => ({ step, x, e: es[step] ?? NaN }));
}

export async function report(): Promise<string> {
  const path = await descend();
  const shown = path.filter(({ step }) => [0, 1, 2, 10, 25, 50, 99].includes(step));
  const slopes = [];
  for (const x of [1, 2, 3]) slopes.push([String(x), await slopeAt(x), slopeOnPaper(x)]);
  return page(
    title,
    "X passes through five functions: + 1, square, ln, square root, - 1. What comes out is E, and E should become 0.5. " +
      "One backward pass multiplies the slopes of the five; the formula on paper, A (E - Y) / (B √C), says the same:",
    table(["X", "dloss/dX, automatic", "on paper"], slopes),
    "Descent from X = 2 with a learning rate of 1:",
    table(
      ["step", "X", "E"],
      shown.map(({ step, x, e }) => [String(step), round(x, 7), round(e, 7)]),
    ),
    `E = 0.5 exactly at X = e^(1.5²/2) - 1 = ${round(solution, 7)}. Descent only creeps up to it: the nearer it comes, ` +
      "the smaller the slope and with it the step, and this chain makes the slope small to begin with.",
  );
}
