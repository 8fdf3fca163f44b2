import { formatNumbers } from "../nested-numbers.ts";

/** An estimate for a message, to two digits: 0.32, 1e-4, 8.5e+6. */
export function roughly(estimate: number): string {
  const rounded = Number(estimate.toPrecision(2));
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential() : formatNumbers(rounded);
}
