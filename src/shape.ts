import { ShapeError } from "./errors.ts";

/** The sizes of a tensor's axes. A layer's input and output shapes leave out the batch axis. */
export type Shape = readonly number[];

/** `[4, 5]`, and `[batch, 3]` for a size that may be anything. */
export function formatShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((size) => size ?? "batch").join(", ")}]`;
}

/** How many values a tensor of this shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

function sameShape(a: readonly (number | null)[], b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === null || size === b[axis]);
}

/**
 * Refuses a shape that does not fit.
 *
 * @param who the layer, loss or call that takes the tensor, as it stands at the start of the message
 * @param what what the tensor is to it: `"input"`, `"x"`
 * @param mend a sentence that says what to change, or nothing where the shapes say it
 * @throws ShapeError
 */
export function expectShape(
  who: string,
  what: string,
  expected: readonly (number | null)[],
  actual: Shape,
  mend = "",
): void {
  if (sameShape(expected, actual)) return;
  const message = `${who} expects ${what} of shape ${formatShape(expected)}, got ${formatShape(actual)}.`;
  throw new ShapeError(mend === "" ? message : `${message} ${mend}`, expected, actual);
}
