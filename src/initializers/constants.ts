import { expectHyperparameter } from "../hyperparameter.ts";
import type { Initializer } from "../initializers.ts";
import { sizeOf, type Shape } from "../shape.ts";

/** All 0: Dense's default for its bias. */
export function zeros(shape: Shape): Float32Array {
  return new Float32Array(sizeOf(shape));
}

/** All 1. */
export function ones(shape: Shape): Float32Array {
  return new Float32Array(sizeOf(shape)).fill(1);
}

/** All of one value: `constantValue(0.1)`. @throws HyperparameterError unless it is a number that is finite in float32 */
export function constantValue(value: number): Initializer {
  const isFinite = typeof value === "number" && Number.isFinite(Math.fround(value));
  expectHyperparameter(isFinite, "constantValue", "value", "a finite number", value);
  return (shape) => new Float32Array(sizeOf(shape)).fill(value);
}
