/**
 * W8. Momentum: the step remembers where it was going. It crosses flat ground faster, and can roll through a shallow
 * valley into a deep one. The text's form looks ahead (Nesterov):
 *
 *     v ← μ v − η g,   w ← w + μ v − η g
 *
 * With v' = −v/η that is SGD's own form, v' ← μ v' + g, w ← w − η (g + μ v').
 */
import * as tf from "@tensorflow/tfjs-core";
import { minimize } from "rivulet";
import { SGD, type SGDOptions } from "rivulet/optimizers";
import { page, round, table } from "./page.ts";

export const title = "W8  Momentum";

/** A long narrow bowl, ½ (x² + 50 y²): fifty times as steep across as along. */
const narrowBowl = (point: tf.Tensor) => tf.mul(0.5, tf.sum(tf.mul(tf.tensor1d([1, 50]), tf.square(point))));

export interface Race {
  readonly rule: string;
  readonly learningRate: number;
  /** Steps from (10, 1) until the function is at most 0.001. */
  readonly steps: number;
}

/** Plain descent at two rates, the second the best there is for it, 2 / (1 + 50), then momentum and Nesterov momentum. */
export const racers = [
  ["plain", { learningRate: 0.02 }],
  ["plain, its best rate", { learningRate: 2 / 51 }],
  ["momentum 0.8", { learningRate: 0.02, momentum: 0.8 }],
  ["Nesterov momentum 0.8", { learningRate: 0.02, momentum: 0.8, nesterov: true }],
] as const satisfies readonly (readonly [string, SGDOptions])[];

/** How many steps each rule needs to the bottom of the narrow bowl. */
export async function race(): Promise<Race[]> {
  const races: Race[] = [];
  for (const [rule, options] of racers) {
    const { path } = await minimize(narrowBowl, [10, 1], { optimizer: new SGD(options), steps: 400 });
    const steps = path.findIndex(({ value }) => value <= 1e-3);
    races.push({ rule, learningRate: options.learningRate, steps });
  }
  return races;
}

/** w⁴ − 2 w² + 0.3 w: a shallow valley at w = 0.96, a hill at 0.08, a deep valley at −1.04. */
const twoValleys = (w: tf.Tensor) => tf.add(tf.sub(tf.pow(w, 4), tf.mul(2, tf.square(w))), tf.mul(0.3, w));

export interface Roll {
  /** Every w on the way, from the start. */
  readonly path: readonly number[];
  /** Where it comes to rest, and the function's value there. */
  readonly end: number;
  readonly value: number;
}

/** Rolls down from a start on the shallow valley's side, 300 steps. */
export async function roll(start: number, options: Omit<SGDOptions, "learningRate">): Promise<Roll> {
  const optimizer = new SGD({ learningRate: 0.01, ...options });
  const { path, point, value } = await minimize(twoValleys, start, { optimizer, steps: 300 });
  return { path: path.map((step) => step.point), end: point, value };
}

/** The three rules on the curve with the two valleys. */
export const rules = {
  plain: {},
  "momentum 0.9": { momentum: 0.9 },
  "Nesterov momentum 0.9": { momentum: 0.9, nesterov: true },
} as const satisfies Record<string, SGDOptions>;

export async function report(): Promise<string> {
  const races = await race();
  const rolls = [];
  for (const start of [2.1, 2.5]) {
    for (const [rule, options] of Object.entries(rules)) {
      const { path, end, value } = await roll(start, options);
      const valley = end > 0 ? "shallow" : "deep";
      rolls.push([String(start), rule, ...[Math.min(...path), end, value].map((number) => round(number, 4)), valley]);
    }
  }
  return page(
    title,
    "Speed. ½ (x² + 50 y²) is a narrow bowl. The steep direction keeps the learning rate small, and then the flat one " +
      "takes long. Momentum gathers speed along the flat. Steps from (10, 1) down to 0.001:",
    table(
      ["rule", "learning rate", "steps"],
      races.map(({ rule, learningRate, steps }) => [rule, round(learningRate, 3), steps]),
    ),
    "Local minimum. w⁴ - 2 w² + 0.3 w has a shallow valley at w = 0.96 and behind a hill a deep one at w = -1.04. All " +
      "start on the right with the same small learning rate, 0.01:",
    table(["start", "rule", "farthest left", "end", "value", "valley"], rolls),
    "Plain descent never leaves the shallow valley. From 2.1 both kinds of momentum carry over the hill into the deep " +
      "one. From 2.5 plain momentum is too fast: it climbs the far wall, comes back over the hill and ends in the " +
      "shallow valley. Nesterov momentum looks ahead, brakes sooner, and stays.",
  );
}
