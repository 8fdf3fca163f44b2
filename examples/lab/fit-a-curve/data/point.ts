/** A point of the data. Of a curve: an input x and its target y. Of classes: two inputs x and y, and the class. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** 0 for every point of a curve. */
  readonly group: 0 | 1;
}

/** Coordinates lie in [−edge, edge]; data that is read is scaled into [−1, 1]. */
export const edge = 1.1;

/** Levels that a coordinate is rounded to: a link holds 11 bits of x and 12 of y, and what it opens is the same data. */
const levels = { x: 2 ** 11 - 1, y: 2 ** 12 - 1 } as const;

/** A coordinate's level, 0 … levels. */
export function levelOf(value: number, axis: "x" | "y"): number {
  const part = (Math.min(edge, Math.max(-edge, value)) + edge) / (2 * edge);
  return Math.round(part * levels[axis]);
}

/** The coordinate that a level stands for. */
export function valueAt(level: number, axis: "x" | "y"): number {
  return (level / levels[axis]) * 2 * edge - edge;
}

/** The nearest point that a link can hold. */
export function rounded({ x, y, group }: Point): Point {
  return { x: valueAt(levelOf(x, "x"), "x"), y: valueAt(levelOf(y, "y"), "y"), group };
}
