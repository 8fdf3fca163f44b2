import type { Regime, RegimeComparison, RegimeRow } from "../regimes/comparison.ts";
import { formatNumber } from "./numbers.ts";
import { regimeInWords } from "./regime-words.ts";

/** A regime without momentum, and one that differs from it in nothing else but having one. */
interface Pair {
  readonly without: RegimeRow;
  readonly with: RegimeRow;
  /** Steps to the target without, over those with. */
  readonly ratio: number;
}

/** What momentum did to the steps to the target, where pairs of regimes show it that both reached it. */
export function momentumFinding({ regimes, target }: RegimeComparison): readonly string[] {
  if (target.loss === null) return [];
  const pairs = regimes.flatMap((row) => pairsWith(row, regimes)).toSorted((a, b) => b.ratio - a.ratio);
  const [largest] = pairs;
  if (largest === undefined) return [];
  const fewer = pairs.filter(({ ratio }) => ratio > 1).length;
  if (pairs.length > 1 && fewer === 0) {
    return [`In none of ${pairs.length} pairs of regimes did momentum save steps to the target.`];
  }
  const saved = `Momentum saved steps to the target in ${fewer} of ${pairs.length} pairs of regimes; most of all, `;
  const [before, after] = [stepsOf(largest.without), stepsOf(largest.with)].map(formatNumber);
  const needed = `${regimeInWords(largest.with, regimes)} needed ${after} steps to the target`;
  return [`${pairs.length > 1 ? saved : ""}${needed} in place of ${before} without it.`];
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
