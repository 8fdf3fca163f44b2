import * as tf from "@tensorflow/tfjs-core";
import type { Assignment } from "../assignment.ts";
import { sizeOf } from "../shape.ts";

/** One number for each weight of a model, parameter after parameter: weights, a gradient, or a direction. In float64. */
export type ParameterVector = Float64Array;

/** Reads tensors, one a parameter, into one vector. They stay the caller's. */
export async function readVector(tensors: readonly tf.Tensor[]): Promise<ParameterVector> {
  const parts = await Promise.all(tensors.map((tensor) => tensor.data()));
  const vector = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    vector.set(part, start);
    start += part.length;
  }
  return vector;
}

/** The values that a vector gives to parameters. The caller disposes of them. */
export function valuesOf(vector: ParameterVector, parameters: readonly tf.Variable[]): Assignment[] {
  let start = 0;
  return parameters.map((variable) => {
    const end = start + sizeOf(variable.shape);
    const value = tf.tensor(Float32Array.from(vector.subarray(start, end)), variable.shape, "float32");
    start = end;
    return { variable, value };
  });
}

/** u · v */
export function dot(u: ParameterVector, v: ParameterVector): number {
  let sum = 0;
  for (let index = 0; index < u.length; index++) sum += (u[index] as number) * (v[index] as number);
  return sum;
}

/** ‖v‖. In float64 no square of a float32 overflows. */
export function norm(v: ParameterVector): number {
  return Math.sqrt(dot(v, v));
}

/** u + s v */
export function plus(u: ParameterVector, v: ParameterVector, scale = 1): ParameterVector {
  return u.map((value, index) => value + scale * (v[index] as number));
}
