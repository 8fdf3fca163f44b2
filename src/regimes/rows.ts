import type { MeasuredColumn, Regime, RegimeRow, RegimeRun, RunStatus, Spread } from "./regime.ts";
import { realBatchSize } from "./job.ts";
import { measuredColumns, targetColumns } from "./measured-columns.ts";
import { spreadOf } from "./spread.ts";

/**
 * The rows of the table: each regime over its repeats.
 *
 * @param samples that there were to train on
 */
export async function rowsOf(
  regimes: readonly Regime[],
  runs: readonly RegimeRun[],
  samples: number,
): Promise<RegimeRow[]> {
  return Promise.all(
    regimes.map(async (regime, index) => {
      const own = runs.filter((run) => run.regime === index);
      return {
        ...regime,
        index,
        label: labelOf(regime, regimes),
        realBatchSize: realBatchSize(regime.batchSize, samples),
        counts: countsOf(own),
        reason: own.find(({ status }) => status !== "finished")?.reason ?? null,
        measured: await spreadsOf(countedOf(own)),
      };
    }),
  );
}

/** The runs that finished; where none did, those that were cut short: half a course is better than none. */
function countedOf(runs: readonly RegimeRun[]): RegimeRun[] {
  const finished = runs.filter(({ status }) => status === "finished");
  if (finished.length > 0) return finished;
  return runs.filter(({ status, curve }) => status === "stopped" && curve.steps.length > 0);
}

function countsOf(runs: readonly RegimeRun[]): Record<RunStatus, number> {
  const counts = { finished: 0, diverged: 0, failed: 0, stopped: 0 };
  for (const { status } of runs) counts[status]++;
  return counts;
}

async function spreadsOf(runs: readonly RegimeRun[]): Promise<Record<MeasuredColumn, Spread | null>> {
  const isOfTarget = (column: MeasuredColumn) => targetColumns.some((each) => each === column);
  const entries = measuredColumns.map(async (column) => {
    const values = runs.flatMap(({ measured }) => measured[column] ?? (isOfTarget(column) ? Infinity : []));
    return [column, await spreadOf(values)] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<MeasuredColumn, Spread | null>;
}

/** What sets a regime apart from the others: its batch always, the rest where it differs. */
export function labelOf(regime: Regime, all: readonly Regime[]): string {
  const varies = (part: keyof Regime) => new Set(all.map((other) => other[part])).size > 1;
  const { batchSize, momentum, learningRate, optimizer, backend } = regime;
  return [
    batchSize === "full" ? "full batch" : `batch ${batchSize}`,
    ...(varies("optimizer") ? [optimizer] : []),
    ...(varies("momentum") ? [momentum === null || momentum === 0 ? "no momentum" : `momentum ${momentum}`] : []),
    ...(varies("learningRate") ? [`rate ${learningRate}`] : []),
    ...(varies("backend") ? [backend] : []),
  ].join(", ");
}
