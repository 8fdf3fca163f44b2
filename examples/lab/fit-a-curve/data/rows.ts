import type { Rows } from "../../training/task.ts";
import { edge, type Point } from "./point.ts";

/** Every fifth point is for validation, from so many on. */
const share = 5;
const fewest = 10;

/** Which points the network is not trained on, but validated: by their place, so that no order of drawing favours any. */
export function isForValidation(index: number, count: number): boolean {
  return count >= fewest && index % share === share - 1;
}

/** Points as what a network is trained and validated on. */
export function rowsOf(points: readonly Point[], inputs: 1 | 2): { training: Rows; validation: Rows | undefined } {
  const held = points.filter((_, index) => isForValidation(index, points.length));
  const trained = points.filter((_, index) => !isForValidation(index, points.length));
  return { training: toRows(trained, inputs), validation: held.length === 0 ? undefined : toRows(held, inputs) };
}

function toRows(points: readonly Point[], inputs: 1 | 2): Rows {
  return {
    count: points.length,
    x: Float32Array.from(points.flatMap(({ x, y }) => (inputs === 1 ? [x] : [x, y]))),
    y: Float32Array.from(points.map(({ y, group }) => (inputs === 1 ? y : group))),
  };
}

/** How many points a side of the grid has that the network is looked at on. */
export const gridSize = { 1: 161, 2: 45 } as const;

/** Evenly over all that the chart shows; of two inputs row by row, from the top left. */
export function gridOf(inputs: 1 | 2): Float32Array {
  const size = gridSize[inputs];
  const at = (index: number) => (2 * edge * index) / (size - 1) - edge;
  if (inputs === 1) return Float32Array.from({ length: size }, (_, index) => at(index));
  const rows = Array.from({ length: size }, (_, row) => -at(row));
  return Float32Array.from(rows.flatMap((y) => Array.from({ length: size }, (_, column) => [at(column), y]).flat()));
}
