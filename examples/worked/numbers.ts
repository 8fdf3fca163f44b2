import type * as tf from "@tensorflow/tfjs-core";
import type { NestedNumbers } from "rivulet";

/** The numbers in nested arrays, row-major. */
export function flat(numbers: NestedNumbers): number[] {
  if (typeof numbers === "number") return [numbers];
  const parts: readonly NestedNumbers[] = [...numbers];
  return parts.flatMap(flat);
}

/** Numbers in rows of one length. */
export function inRows(numbers: readonly number[], length: number): number[][] {
  const count = numbers.length / length;
  return Array.from({ length: count }, (_, row) => numbers.slice(row * length, (row + 1) * length));
}

/** Reads a tensor's numbers, row-major, and disposes of it. */
export async function take(tensor: tf.Tensor): Promise<number[]> {
  try {
    return [...(await tensor.data<"float32">())];
  } finally {
    tensor.dispose();
  }
}

/** Reads the one number of a scalar, and disposes of it. */
export async function takeOne(scalar: tf.Tensor): Promise<number> {
  const [number = NaN] = await take(scalar);
  return number;
}

/** Reads a matrix row by row, and disposes of it. */
export async function takeRows(matrix: tf.Tensor): Promise<number[][]> {
  return inRows(await take(matrix), matrix.shape[1] ?? 1);
}
