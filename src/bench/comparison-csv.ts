import Papa from "papaparse";
import type { RegimeComparison, RegimeRow } from "rivulet";
import { measuredColumns } from "../regimes/measured-columns.ts";

/** The table as CSV: a row for each regime; of each measured column the median and the quartiles, empty where there is none. */
export function comparisonCsv({ regimes }: RegimeComparison): string {
  return `${Papa.unparse(regimes.map(cellsOf), { newline: "\n" })}\n`;
}

function cellsOf(row: RegimeRow): Record<string, string | number | null> {
  const { batchSize, realBatchSize, momentum, learningRate, optimizer, backend, compile, counts, reason } = row;
  const measured = measuredColumns.flatMap((column) => {
    const spread = row.measured[column];
    return [
      [column, spread?.median ?? null],
      [`${column}_lower`, spread?.lower ?? null],
      [`${column}_upper`, spread?.upper ?? null],
    ] as const;
  });
  const regime = { batchSize, realBatchSize, momentum, learningRate, optimizer, backend, compile: String(compile) };
  return { ...regime, ...counts, reason, ...Object.fromEntries(measured) };
}
