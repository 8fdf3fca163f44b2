import type { Regime, RegimeRow } from "../regimes/regime.ts";
import { formatSetting } from "./numbers.ts";

/**
 * A regime in words that go into a sentence, `"mini-batches of 32 with momentum 0.9"`: its batch and its momentum, and what
 * else sets it apart from the others.
 */
export function regimeInWords(regime: RegimeRow, all: readonly Regime[]): string {
  const varies = (part: keyof Regime) => new Set(all.map((other) => other[part])).size > 1;
  const { momentum, learningRate, optimizer, backend, compile } = regime;
  return [
    batchInWords(regime),
    ...(momentum ? [`with momentum ${formatSetting(momentum)}`] : varies("momentum") ? ["without momentum"] : []),
    ...(varies("learningRate") ? [`at learning rate ${formatSetting(learningRate)}`] : []),
    ...(varies("optimizer") ? [`by ${optimizer}`] : []),
    ...(varies("backend") ? [`on ${backend}`] : []),
    ...(varies("compile") ? [compile === "auto" ? "compiled" : "not compiled"] : []),
  ].join(" ");
}

function batchInWords({ batchSize, realBatchSize }: RegimeRow): string {
  if (batchSize === "full") return "full batches";
  if (batchSize > realBatchSize) return `batches of ${batchSize} (all ${realBatchSize} samples)`;
  return batchSize === 1 ? "single samples" : `mini-batches of ${batchSize}`;
}
