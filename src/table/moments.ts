/** How numbers are spread. */
export interface Moments {
  readonly mean: number;
  /** The root of the mean squared distance from the mean; 1 where that is 0, so that one may divide by it. */
  readonly deviation: number;
  readonly isConstant: boolean;
}

/** The numbers of those rows, without the missing ones, which are NaN. */
export function presentIn(numbers: Float64Array, rows: Int32Array): Float64Array {
  const present = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = numbers[row] ?? NaN;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return present.subarray(0, count);
}

/**
 * The mean and the deviation of numbers:
 *
 *     m = 1/n Σ x      s = √(1/n Σ (x − m)²)
 *
 * in float64, of x scaled to at most 1, so that no square overflows. Of no numbers: 0 and 1.
 */
export function momentsOf(values: Float64Array): Moments {
  let smallest = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  // Compared, not computed: the mean of equal numbers may differ from them in the last digit.
  if (values.length === 0) return { mean: 0, deviation: 1, isConstant: true };
  if (smallest === largest) return { mean: smallest, deviation: 1, isConstant: true };
  const scale = Math.max(-smallest, largest);
  let sum = 0;
  for (const value of values) sum += value / scale;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value / scale - mean) ** 2;
  return { mean: mean * scale, deviation: Math.sqrt(squares / values.length) * scale, isConstant: false };
}
