/** Numbers in a row, as JavaScript packs them. */
export type TypedNumbers = Float32Array | Float64Array | Int32Array | Uint8Array | Uint8ClampedArray;

/** A number, or an array of arrays … of numbers, all of one length at each depth. Rows may be typed arrays. */
export type NestedNumbers = number | TypedNumbers | readonly NestedNumbers[];

/** All the numbers in one list, row by row. */
export function flatNumbers(nested: NestedNumbers): number[] {
  return typeof nested === "number" ? [nested] : Array.from(nested as ArrayLike<NestedNumbers>).flatMap(flatNumbers);
}

/** A number, or nested ones, to four digits for a message: 0.5, 5140, 1.742e+19. */
export function formatNumbers(nested: NestedNumbers): string {
  if (typeof nested === "number") {
    const rounded = Number(nested.toPrecision(4));
    return Math.abs(rounded) < 1e6 ? String(rounded) : rounded.toExponential();
  }
  return `[${Array.from(nested as ArrayLike<NestedNumbers>)
    .map(formatNumbers)
    .join(", ")}]`;
}
