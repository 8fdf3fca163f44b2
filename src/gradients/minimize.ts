import * as tf from "@tensorflow/tfjs-core";
import { assign } from "../assignment.ts";
import { toTensor, type Data, type NestedNumbers } from "../data.ts";
import { valueAndGradients } from "../differentiate.ts";
import { DivergenceError } from "../errors.ts";
import { expectHyperparameter } from "../hyperparameter.ts";
import { releaseState } from "../optimizer-state.ts";
import type { Optimizer } from "../optimizer.ts";
import type { ScalarFunction } from "./gradient.ts";

/** Where the descent stands before a step: numbers of the start's shape. */
export interface PathPoint {
  readonly step: number;
  readonly point: NestedNumbers;
  readonly value: number;
  readonly gradient: NestedNumbers;
}

export interface Minimum {
  /** Every point, from the start to where the last step led: steps + 1 of them. */
  readonly path: readonly PathPoint[];
  /** The last point, and the function's value there. */
  readonly point: NestedNumbers;
  readonly value: number;
}

/**
 * Descends on a function from a start, and keeps the path:
 *
 *     x ← x − η ∇f(x)             with plain SGD; any optimizer will do
 *
 * @param f a scalar function of one tensor, written in tf operations
 * @param start a number, nested array or tensor
 * @throws DivergenceError when a value or a point is no longer finite; ShapeError, HyperparameterError
 */
export async function minimize(
  f: ScalarFunction,
  start: Data,
  { optimizer, steps }: { readonly optimizer: Optimizer; readonly steps: number },
): Promise<Minimum> {
  const valid = Number.isSafeInteger(steps) && steps >= 0;
  expectHyperparameter(valid, "minimize", "steps", "a whole number, 0 or more", steps);
  optimizer.expectAlive();
  const variable = tf.tidy(() => tf.variable(toTensor("start", start)));
  try {
    const path: PathPoint[] = [];
    for (let step = 0; step <= steps; step++) {
      const here = await descend(f, variable, step < steps ? optimizer : undefined);
      path.push({ step, ...here });
      if (!isFinite(here)) throw divergence(path, optimizer);
    }
    const { point, value } = path.at(-1) as PathPoint;
    return { path, point, value };
  } finally {
    releaseState([variable]);
    variable.dispose();
  }
}

/** Reads where the variable stands, and steps on if there is an optimizer. */
async function descend(f: ScalarFunction, variable: tf.Variable, optimizer: Optimizer | undefined) {
  const read = tf.tidy(() => {
    const { value, gradients } = valueAndGradients(
      () => f(variable),
      [variable],
      () => "the point",
    );
    const point = tf.clone(variable);
    if (optimizer !== undefined) assign(optimizer.computeUpdates([variable], gradients));
    return [point, value, gradients[0] as tf.Tensor];
  });
  try {
    const [point, value, gradient] = await Promise.all(read.map((tensor) => tensor.array()));
    return { point: point as NestedNumbers, value: value as number, gradient: gradient as NestedNumbers };
  } finally {
    tf.dispose(read);
  }
}

function isFinite({ point, value }: Omit<PathPoint, "step">): boolean {
  return Number.isFinite(value) && flat(point).every(Number.isFinite);
}

function divergence(path: readonly PathPoint[], optimizer: Optimizer): DivergenceError {
  const last = path.at(-1) as PathPoint;
  const before = path.at(-2);
  const came =
    before === undefined ? "" : ` Before it, the value was ${before.value} at ${JSON.stringify(before.point)}.`;
  return new DivergenceError(
    `The descent diverged: after ${last.step} steps the value is ${last.value}.${came} ` +
      `Try a smaller learning rate (now ${optimizer.learningRate}), or a start where the function is defined.`,
    {
      epoch: 0,
      batch: last.step,
      parameter: "the point",
      gradientNorm: Math.hypot(...flat((before ?? last).gradient)),
    },
  );
}

function flat(nested: NestedNumbers): number[] {
  return typeof nested === "number" ? [nested] : Array.from(nested as ArrayLike<NestedNumbers>).flatMap(flat);
}
