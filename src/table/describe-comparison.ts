import { markdownTable } from "markdown-table";
import { formatNumbers } from "../nested-numbers.ts";
import type { Comparison } from "./compare.ts";

/** A table of the test errors. */
export function describeComparison(comparison: Comparison): string {
  const table =
    comparison.kind === "regression"
      ? [
          ["prediction by", "root mean square", "mean absolute", "R²"],
          ...comparison.rows.map(({ by, error }) => [
            by,
            formatNumbers(error.rootMeanSquare),
            formatNumbers(error.meanAbsolute),
            formatRSquared(error.rSquared),
          ]),
        ]
      : [
          ["prediction by", "accuracy", "cross-entropy"],
          ...comparison.rows.map(({ by, error }) => [
            by,
            `${(100 * error.accuracy).toFixed(1)} %`,
            error.crossEntropy === undefined ? "–" : error.crossEntropy.toFixed(3),
          ]),
        ];
  return markdownTable(table, { align: ["l", "r", "r", "r"] });
}

function formatRSquared(rSquared: number): string {
  return Number.isNaN(rSquared) ? "–" : rSquared.toFixed(3).replace(/^-(?=0\.000$)/, "");
}

/** Whether the network was worth it, in a sentence; nothing where it was the best. */
export function verdictOn(comparison: Comparison): string {
  const costs =
    comparison.kind === "regression"
      ? comparison.rows.map(({ by, error }) => ({ by, cost: error.rootMeanSquare }))
      : comparison.rows.map(({ by, error }) => ({ by, cost: 1 - error.accuracy }));
  const network = costs.at(-1);
  const better = costs.slice(0, -1).filter(({ cost }) => network !== undefined && cost <= network.cost);
  const [best] = better.toSorted((a, b) => a.cost - b.cost);
  // Two that are always right are not worth a word.
  if (best === undefined || network?.cost === 0) return "";
  return (
    `The network is no better than ${best.by} here. More rows or other columns may help it; ` +
    "or smaller or larger --layers, another --learning-rate."
  );
}
