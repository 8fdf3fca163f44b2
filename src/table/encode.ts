import { readerOf } from "./feature.ts";
import type { Task } from "./task.ts";
import type { Treatment } from "./treatment.ts";

/** Numbers in rows, row-major, as `fit` and `predict` take them. */
export interface Matrix {
  readonly values: Float32Array;
  readonly shape: readonly [rows: number, columns: number];
}

/** What a network is fed and what it is to give. */
export interface EncodedRows {
  readonly x: Matrix;
  /** Standardised numbers [rows, 1], or for each class 1 where the row is of it, else 0 [rows, classes]. */
  readonly y: Matrix;
}

/** The inputs of some rows: one for each feature, in order. */
export function encodeInputs(treatments: readonly Treatment[], rows: Int32Array): Matrix {
  const readers = treatments.flatMap(({ column, features }) => features.map((feature) => readerOf(feature, column)));
  const values = new Float32Array(rows.length * readers.length);
  for (const [column, read] of readers.entries()) {
    let position = column;
    for (const row of rows) {
      values[position] = read(row);
      position += readers.length;
    }
  }
  return { values, shape: [rows.length, readers.length] };
}

/** How a regression's target is scaled: as the training rows' mean and deviation have it. A type, not an interface: metadata. */
export type TargetScale = {
  readonly mean: number;
  readonly deviation: number;
};

/** The targets of some rows. */
export function encodeTargets(task: Task, { mean, deviation }: TargetScale, rows: Int32Array): Matrix {
  if (task.kind === "regression") {
    const values = new Float32Array(rows.length);
    for (const [index, row] of rows.entries()) values[index] = ((task.values[row] ?? NaN) - mean) / deviation;
    return { values, shape: [rows.length, 1] };
  }
  const width = task.classes.length;
  const values = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) values[index * width + (task.labels[row] ?? 0)] = 1;
  return { values, shape: [rows.length, width] };
}
