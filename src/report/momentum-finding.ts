import type { RegimeComparison } from "../regimes/comparison.ts";
import type { Regime, RegimeRow } from "../regimes/regime.ts";
import { formatNumber } from "./numbers.ts";
import { regimeInWords } from "./regime-words.ts";

/** A regime without momentum, and one that differs from it in nothing else but having one. */
interface Pair {
  readonly without: RegimeRow;
  readonly with: RegimeRow;
  /** Steps to the target without, over those with. */
  readonly ratio: number;
}

/** What momentum did to the steps to the target, as far as regimes show it that differ in nothing else. */
export function momentumFinding({ regimes, target }: RegimeComparison): readonly string[] {
  const pairs = regimes.flatMap((row) => pairsWith(row, regimes)).toSorted((a, b) => b.ratio - a.ratio);
  const [largest] = pairs;
  if (target.loss === null || largest === undefined) return [];
  const [before, after] = [stepsOf(largest.without), stepsOf(largest.with)].map((steps) => formatNumber(steps));
  const words = `${regimeInWords(largest.with, regimes)} needed ${after} steps to the target in place of ${before}`;
  if (pairs.length === 1) return [`${words} without it.`];
  const fewer = pairs.filter(({ ratio }) => ratio > 1).length;
  const both = `${pairs.length} pairs of regimes that differ in it only and both reached the target`;
  if (fewer === 0) return [`Momentum saved no steps in the ${both}.`];
  return [`Momentum saved steps in ${fewer} of ${both}; most of all, ${words} without it.`];
}

function pairsWith(row: RegimeRow, regimes: readonly RegimeRow[]): readonly Pair[] {
  const without = regimes.find((other) => !other.momentum && isLike(row)(other));
  const [steps, stepsWithout] = [stepsOf(row), without === undefined ? null : stepsOf(without)];
  if (!row.momentum || without === undefined || steps === null || stepsWithout === null || steps === 0) return [];
  return [{ without, with: row, ratio: stepsWithout / steps }];
}

function stepsOf({ measured }: RegimeRow): number | null {
  return measured.stepsToTarget?.median ?? null;
}

/** Whether two differ in momentum at most. */
function isLike(row: Regime): (other: Regime) => boolean {
  const parts = ["batchSize", "learningRate", "optimizer", "backend", "compile"] as const;
  return (other) => parts.every((part) => row[part] === other[part]);
}
