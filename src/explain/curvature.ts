import { Pace } from "../pace.ts";
import { RandomStream } from "../random.ts";
import { gradientAt } from "./gradient-at.ts";
import type { Look } from "./look.ts";
import { dot, norm, plus, type ParameterVector } from "./parameter-vector.ts";

/** Few, and yet within a few per cent: of two eigenvalues it falls short by the most, 1.5 %, where one is 96 % of the other. */
const iterations = 12;

/** A nudge moves each weight by about this share of its size: further, and the loss is no parabola any more. */
const nudge = 1e-3;

/** A nudge changes the gradient by about this share at least: less, and float32's rounding (6e-8) shows. */
const visible = 1e-4;

/**
 * λ, the largest eigenvalue of the Hessian of the loss at some weights: the curvature where that is steepest, by the power
 * method (von Mises and Pollaczek-Geiringer, 1929):
 *
 *     v ← H v / ‖H v‖,   λ ≈ v · H v
 *
 * with products from central differences of gradients:
 *
 *     H v ≈ (∇C(w + h v) − ∇C(w − h v)) / 2h
 *
 * That is how LeCun, Simard and Pearlmutter (1992, Automatic learning rate maximization) found the largest learning rate.
 * The start is drawn from a stream of its own, the same each time.
 *
 * @returns undefined where gradients are not finite, or nothing curves upwards
 */
export async function largestCurvature(look: Look, weights: ParameterVector): Promise<number | undefined> {
  const steepest = await steepestCurvature(look, weights, 0);
  if (!(steepest < 0)) return steepest > 0 ? steepest : undefined;
  // It curves downwards most, as at a saddle. Of H − λ I that eigenvalue is 0, and the largest of H leads.
  const upwards = await steepestCurvature(look, weights, steepest);
  return upwards > 0 ? upwards : undefined;
}

/** The eigenvalue of H that is farthest from `shift`; NaN where gradients are not finite. */
async function steepestCurvature(look: Look, weights: ParameterVector, shift: number): Promise<number> {
  const slope = norm((await gradientAt(look, weights)).gradient);
  const size = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) / weights.length;
  const least = nudge * Math.max(size, 0.01) * Math.sqrt(weights.length);
  let direction = startDirection(weights.length);
  let step = least;
  let curvature = 0;
  const pace = new Pace();
  for (let iteration = 0; iteration < iterations; iteration++) {
    const product = await hessianTimes(look, weights, direction, step);
    curvature = dot(direction, product);
    const next = plus(product, direction, -shift);
    const length = norm(next);
    if (!(length > 0)) break;
    direction = next.map((value) => value / length);
    const steepness = norm(product);
    step = steepness > 0 ? Math.max(least, (visible * slope) / (2 * steepness)) : least;
    if (pace.isDue()) await pace.rest();
  }
  return curvature;
}

/** H v */
async function hessianTimes(
  look: Look,
  weights: ParameterVector,
  direction: ParameterVector,
  step: number,
): Promise<ParameterVector> {
  // Both asked for before either is awaited: a GPU then answers once.
  const [above, below] = await Promise.all([
    gradientAt(look, plus(weights, direction, step)),
    gradientAt(look, plus(weights, direction, -step)),
  ]);
  return above.gradient.map((value, index) => (value - (below.gradient[index] as number)) / (2 * step));
}

/** A direction at random, of length 1. */
function startDirection(length: number): ParameterVector {
  const random = new RandomStream(0, "curvature");
  const direction = Float64Array.from({ length }, () => 2 * random.uniform() - 1);
  const size = norm(direction);
  return direction.map((value) => value / size);
}
