/**
 * W1. The derivative tells which way is up; descent steps the other way. The learning rate η decides how far, and a
 * rate too large jumps over the minimum and away from it.
 *
 *     y = (x − 2)² + 1,   dy/dx = 2 (x − 2),   x ← x − η dy/dx
 */
import * as tf from "@tensorflow/tfjs-core";
import { DivergenceError, gradient, minimize } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { takeOne } from "./numbers.ts";
import { page, round, table } from "./page.ts";

export const title = "W1  Derivative, and one step of descent";

const parabola = (x: tf.Tensor) => tf.add(tf.square(tf.sub(x, 2)), 1);

/** dy/dx at x. */
export async function slopeAt(x: number): Promise<number> {
  return takeOne(gradient(parabola)(x));
}

/** Every x on the way down: steps + 1 of them. @throws DivergenceError when y grows beyond float32 */
export async function descend(start: number, learningRate: number, steps: number): Promise<number[]> {
  const { path } = await minimize(parabola, start, { optimizer: new SGD({ learningRate }), steps });
  return path.map(({ point }) => point);
}

export interface Rate {
  readonly learningRate: number;
  /** Steps from x = 1 until |x − 2| ≤ 0.001, if that happens within 400. */
  readonly steps: number | undefined;
  /** Where x stands at the end of the 400 steps; nowhere after a run that diverged. */
  readonly end: number | undefined;
  /** What the library says of a run that diverged. */
  readonly divergence: string | undefined;
}

/** What one learning rate does from x = 1. */
export async function tryRate(learningRate: number): Promise<Rate> {
  try {
    const path = await descend(1, learningRate, 400);
    const reached = path.findIndex((x) => Math.abs(x - 2) <= 0.001);
    return { learningRate, steps: reached < 0 ? undefined : reached, end: path.at(-1), divergence: undefined };
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    return { learningRate, steps: undefined, end: undefined, divergence: error.message };
  }
}

/** The effect of the learning rate. */
export async function sweepRates(rates: readonly number[] = [0.01, 0.1, 0.4, 0.5, 0.9, 1, 1.1]): Promise<Rate[]> {
  const outcomes: Rate[] = [];
  for (const rate of rates) outcomes.push(await tryRate(rate));
  return outcomes;
}

/** Steps from x = 1 with this learning rate until |x| passes 10⁶. */
export async function stepsToAMillion(learningRate: number): Promise<number> {
  const path = await descend(1, learningRate, 100);
  return path.findIndex((x) => Math.abs(x) > 1e6);
}

function describe({ steps, end, divergence }: Rate): string {
  if (steps !== undefined) return `${steps}`;
  return divergence === undefined ? `never: x = ${round(end ?? NaN)} after 400` : "diverges";
}

export async function report(): Promise<string> {
  const steps = [];
  for (const x of [1, 2.5]) {
    const [, far = NaN] = await descend(x, 1, 1);
    const [, near = NaN] = await descend(x, 0.1, 1);
    steps.push([String(x), await slopeAt(x), far, near]);
  }
  const end = (await descend(1, 0.1, 100)).at(-1) ?? NaN;
  const rates = await sweepRates();
  return page(
    title,
    "y = (x - 2)² + 1 has its minimum at x = 2. To its left the derivative is negative, to its right positive: " +
      "a step against it goes towards 2. With a learning rate of 1 the step overshoots, with 0.1 it does not.",
    table(["x", "dy/dx", "next x, rate 1", "next x, rate 0.1"], steps),
    `After 100 steps from x = 1 with a rate of 0.1, x = ${end.toFixed(7)}.`,
    "How many steps from x = 1 until x is within 0.001 of 2? Too small a rate crawls; 0.5 is just right here; " +
      "0.9 jumps from side to side; 1 bounces between 1 and 3 for ever; above 1 each jump is longer than the last.",
    table(
      ["learning rate", "steps"],
      rates.map((rate) => [String(rate.learningRate), describe(rate)]),
    ),
    `With 1.1, |x| passes a million after ${await stepsToAMillion(1.1)} steps. Let it run on, and it ends with this ` +
      "message, not with NaN:",
    ...rates.flatMap(({ divergence }) => divergence ?? []),
  );
}
