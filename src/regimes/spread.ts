import { finiteOrNull } from "./curve.ts";
import type { Spread } from "./regime.ts";

/**
 * Median and quartiles of numbers, infinite ones among them: null where there are none, and in each place where the number is
 * infinite.
 */
export async function spreadOf(values: readonly number[]): Promise<Spread | null> {
  if (values.length === 0) return null;
  // Only a comparison wants it, and starting is to be quick.
  const { quantileSorted } = await import("simple-statistics");
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => finiteOrNull(quantileSorted(sorted, share));
  return {
    median: at(0.5),
    lower: at(0.25),
    upper: at(0.75),
    least: at(0),
    largest: at(1),
    count: values.filter((value) => Number.isFinite(value)).length,
  };
}
