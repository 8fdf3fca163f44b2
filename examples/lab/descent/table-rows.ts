import type { DescentPath } from "./path.ts";

/**
 * A path as rows of numbers, as in a textbook: the point, what lies within the function, the gradient, how far the step
 * from there goes, the value.
 *
 * @param inner of each point, or empty if the function shows none
 * @returns of the last stop without the displacement, which nobody knows; undefined stands in its place
 */
export function tableRows(path: DescentPath | undefined, inner: readonly number[] = []): (number | undefined)[][] {
  const stops = path?.stops ?? [];
  return stops.map(({ point, gradient, value }, index) => {
    const next = stops[index + 1]?.point;
    const displacement = point.map((coordinate, axis) => {
      const there = next?.[axis];
      return there === undefined ? undefined : there - coordinate;
    });
    const within = inner.length === 0 ? [] : [inner[index]];
    return [...point, ...within, ...gradient, ...displacement, value];
  });
}

/** A row's numbers; undefined where nobody knows one. */
export type Cells = readonly (number | undefined)[];

/** The rows, those that a table has already as the very arrays that it has: what was drawn of them is not looked at again. */
export function keptRows(had: readonly Cells[], rows: readonly Cells[]): readonly Cells[] {
  return rows.map((row, index) => {
    const old = had[index];
    const isSame = old?.length === row.length && row.every((cell, column) => Object.is(cell, old[column]));
    return isSame ? old : row;
  });
}
