import * as tf from "@tensorflow/tfjs-core";
import { assign } from "../assignment.ts";
import { toTensor, type Data } from "../data.ts";
import { valueAndGradients } from "../differentiate.ts";
import { DivergenceError } from "../errors.ts";
import { expectHyperparameter, expectOptions, isCount } from "../hyperparameter.ts";
import { releaseState } from "../optimizer-state.ts";
import { expectOptimizer, type Optimizer } from "../optimizer.ts";
import { Pace } from "../pace.ts";
import { expectNoTidy } from "../tidy.ts";
import { flatNumbers, formatNumbers, type NestedNumbers } from "../nested-numbers.ts";
import type { ScalarFunction } from "./gradient.ts";
import type { PathPoint } from "./path.ts";

/** Where a descent ended, and how it came there. */
export interface Minimum<Point extends NestedNumbers = NestedNumbers> {
  /** Every point, from the start to where the last step led: steps + 1 of them. */
  readonly path: readonly PathPoint<Point>[];
  /** The last point, and the function's value there. */
  readonly point: Point;
  readonly value: number;
}

/** Points have the start's form: a number stays a number. */
type PointOf<Start> = Start extends number ? number : Start extends readonly number[] ? number[] : NestedNumbers;

/**
 * Descends on a function from a start, and keeps the path:
 *
 *     x ← x − η ∇f(x)             with plain SGD; any optimizer will do
 *
 * @param f a scalar function of one tensor, written in tf operations
 * @param start a number, nested array or tensor
 * @throws DivergenceError, with the path so far, when a value or a point is no longer finite; ShapeError,
 * HyperparameterError
 */
export async function minimize<Start extends Data>(
  f: ScalarFunction,
  start: Start,
  options: { readonly optimizer: Optimizer; readonly steps: number },
): Promise<Minimum<PointOf<Start>>> {
  expectOptions("minimize", options, ["optimizer", "steps"]);
  const { optimizer, steps } = options;
  expectHyperparameter(isCount(steps), "minimize", "steps", "a whole number, 0 or more", steps);
  expectOptimizer("minimize", optimizer);
  expectNoTidy("minimize");
  const variable = tf.tidy(() => tf.variable(toTensor("start", start)));
  let unread: Visit[] = [];
  const path: PathPoint[] = [];
  try {
    const pace = new Pace();
    for (let step = 0; step <= steps; step++) {
      unread.push(visit(f, variable, step < steps ? optimizer : undefined));
      const isDue = pace.isDue();
      if (unread.length < visitsPerRead && step < steps && !isDue) continue;
      const visits = unread;
      unread = [];
      await readInto(path, visits, optimizer);
      if (isDue) await pace.rest();
    }
    const { point, value } = path.at(-1) as PathPoint;
    // What was read back has the start's form: visit copies the variable, whose shape never changes.
    return { path, point, value } as unknown as Minimum<PointOf<Start>>;
  } catch (error) {
    // A function that throws on what is not finite must not hide that the descent diverged.
    await readInto(path, unread, optimizer);
    throw error;
  } finally {
    releaseState([variable]);
    variable.dispose();
  }
}

/** How many points are read back together: a GPU answers as fast for many as for one. */
const visitsPerRead = 32;

/** A point of the path before it is read back: point, value and gradient. */
type Visit = tf.Tensor[];

/** Copies where the variable stands, and steps on if there is an optimizer. The caller disposes. */
function visit(f: ScalarFunction, variable: tf.Variable, optimizer: Optimizer | undefined): Visit {
  return tf.tidy(() => {
    const { value, gradients } = valueAndGradients(
      () => f(variable),
      [variable],
      () => "the point",
    );
    const point = tf.clone(variable);
    if (optimizer !== undefined) {
      assign(optimizer.computeUpdates([variable], gradients));
      optimizer.stepTaken([variable]);
    }
    return [point, value, gradients[0] as tf.Tensor];
  });
}

/**
 * Reads visits back and puts their points on the path. The visits are disposed of.
 *
 * @throws DivergenceError, with the path up to there, at the first point that is not finite
 */
async function readInto(path: PathPoint[], visits: readonly Visit[], optimizer: Optimizer): Promise<void> {
  try {
    const read = await Promise.all(visits.map(async (visited) => Promise.all(visited.map((tensor) => tensor.array()))));
    for (const [point, value, gradient] of read) {
      const numbers = { point: point as NestedNumbers, value: value as number, gradient: gradient as NestedNumbers };
      path.push({ step: path.length, ...numbers });
      if (!isFinite(numbers)) throw divergence(path, optimizer);
    }
  } finally {
    for (const visited of visits) tf.dispose(visited);
  }
}

function isFinite({ point, value }: Omit<PathPoint, "step">): boolean {
  return Number.isFinite(value) && flatNumbers(point).every(Number.isFinite);
}

function divergence(path: readonly PathPoint[], optimizer: Optimizer): DivergenceError {
  const last = path.at(-1) as PathPoint;
  const before = path.at(-2);
  const came = before && ` Before it, the value was ${formatNumbers(before.value)} at ${formatNumbers(before.point)}.`;
  return new DivergenceError(
    `The descent diverged: after ${last.step} ${last.step === 1 ? "step" : "steps"} the value is ${last.value}.${came ?? ""} ` +
      `Try a smaller learning rate (now ${optimizer.learningRate}), or a start where the function is defined.`,
    { path, parameter: "the point", gradientNorm: Math.hypot(...flatNumbers((before ?? last).gradient)) },
  );
}
