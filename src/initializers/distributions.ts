import { expectHyperparameter, expectOptions, isPositiveFloat32 } from "../hyperparameter.ts";
import type { Initializer } from "../initializers.ts";
import type { RandomStream } from "../random.ts";
import { sizeOf, type Shape } from "../shape.ts";

/** Where uniform values begin and end. */
export interface UniformOptions {
  /** Default −0.05. */
  readonly minimum?: number;
  /** Default 0.05. */
  readonly maximum?: number;
}

/** What normal values spread around, and how far. */
export interface NormalOptions {
  /** μ. Default 0. */
  readonly mean?: number;
  /** σ. Default 0.05. */
  readonly standardDeviation?: number;
}

/** Fills a shape, row-major, with what is drawn value by value. */
export function draw(shape: Shape, next: () => number): Float32Array {
  return Float32Array.from({ length: sizeOf(shape) }, next);
}

/**
 * A number from N(0, 1) that lies within ±2: drawn again until it does, as Keras does. Of 22 draws one is drawn again; what
 * is left has a standard deviation of 0.87962566.
 */
export function withinTwo(random: RandomStream): number {
  let value = random.normal();
  while (Math.abs(value) > 2) value = random.normal();
  return value;
}

/**
 * Uniform values, U(minimum, maximum). Defaults are Keras's.
 *
 * @throws HyperparameterError unless the minimum is below the maximum, and both are finite
 */
export function randomUniform(options: UniformOptions = {}): Initializer {
  expectOptions("randomUniform", options, ["minimum", "maximum"]);
  const { minimum = -0.05, maximum = 0.05 } = options;
  expectHyperparameter(Number.isFinite(minimum), "randomUniform", "minimum", "a finite number", minimum);
  const isAbove = Number.isFinite(maximum) && maximum > minimum;
  expectHyperparameter(isAbove, "randomUniform", "maximum", `a finite number above the minimum, ${minimum}`, maximum);
  return (shape, random) => draw(shape, () => minimum + (maximum - minimum) * random.uniform());
}

/**
 * Normal values, N(μ, σ²). Defaults are Keras's.
 *
 * @throws HyperparameterError unless μ is finite, and σ too and above 0
 */
export function randomNormal(options: NormalOptions = {}): Initializer {
  const { mean, standardDeviation } = resolveNormal("randomNormal", options);
  return (shape, random) => draw(shape, () => mean + standardDeviation * random.normal());
}

/**
 * Normal values, N(μ, σ²), of which those beyond μ ± 2 σ are drawn again: their standard deviation is 0.87962566 σ.
 * Defaults are Keras's.
 *
 * @throws HyperparameterError unless μ is finite, and σ too and above 0
 */
export function truncatedNormal(options: NormalOptions = {}): Initializer {
  const { mean, standardDeviation } = resolveNormal("truncatedNormal", options);
  return (shape, random) => draw(shape, () => mean + standardDeviation * withinTwo(random));
}

function resolveNormal(who: string, options: NormalOptions): Required<NormalOptions> {
  expectOptions(who, options, ["mean", "standardDeviation"]);
  const { mean = 0, standardDeviation = 0.05 } = options;
  expectHyperparameter(Number.isFinite(mean), who, "mean", "a finite number", mean);
  const isSpread = isPositiveFloat32(standardDeviation);
  expectHyperparameter(isSpread, who, "standardDeviation", "a finite number above 0", standardDeviation);
  return { mean, standardDeviation };
}
