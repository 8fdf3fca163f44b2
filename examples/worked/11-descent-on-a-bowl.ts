/**
 * W11. Descent on a bowl, step by step: each step goes against the gradient, and shrinks with it.
 *
 *     z = x² + y²,   (Δx, Δy) = −η (∂z/∂x, ∂z/∂y) = −η (2x, 2y)
 */
import * as tf from "@tensorflow/tfjs-core";
import { minimize } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { flat } from "./numbers.ts";
import { page, round, roundAll, table } from "./page.ts";

export const title = "W11  Descent on z = x² + y²";

const bowl = (point: tf.Tensor) => tf.sum(tf.square(point));

export interface BowlStep {
  readonly point: readonly number[];
  readonly gradient: readonly number[];
  /** How far the step from here goes: the next point less this one. */
  readonly displacement: readonly number[];
  readonly z: number;
}

/** Steps with η = 0.1. */
export async function descend(start: readonly [number, number], steps: number): Promise<BowlStep[]> {
  const { path } = await minimize(bowl, start, { optimizer: new SGD({ learningRate: 0.1 }), steps });
  return path.slice(0, -1).map(({ point, gradient, value }, index) => {
    const here = flat(point);
    const next = flat(path[index + 1]?.point ?? []);
    const displacement = here.map((coordinate, axis) => (next[axis] ?? NaN) - coordinate);
    return { point: here, gradient: flat(gradient), displacement, z: value };
  });
}

export async function report(): Promise<string> {
  const steps = await descend([3, 2], 4);
  const [fromOneTwo] = await descend([1, 2], 1);
  return page(
    title,
    "From (3, 2) with a learning rate of 0.1. Each row is a point, the gradient there, and the step taken from it, " +
      "minus a tenth of the gradient:",
    table(
      ["i", "x", "y", "∂z/∂x", "∂z/∂y", "Δx", "Δy", "z"],
      steps.map(({ point, gradient, displacement, z }, index) => [
        String(index),
        ...[...point, ...gradient, ...displacement].map((number) => round(number, 4)),
        round(z),
      ]),
    ),
    "Every step multiplies x and y by 0.8, and so z by 0.64: the nearer the bottom, the shorter the step.",
    `At (1, 2) z falls fastest along -(2, 4), and the step goes ${roundAll(fromOneTwo?.displacement ?? [])}.`,
  );
}
