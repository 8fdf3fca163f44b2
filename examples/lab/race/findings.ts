import type { MeasuredColumn, RegimeComparison, RegimeRow, RegimeRun } from "rivulet";

/** What came out of a race, to be said in words. Regimes are named by their row. */
export type Finding =
  /** Nobody's loss came down to the target. */
  | { readonly kind: "noneReached"; readonly target: number }
  /** Who got there on the fewest samples, and who in the least time; `missed` never got there. */
  | { readonly kind: "fewest"; readonly target: number; readonly row: RegimeRow; readonly epochs: number }
  | { readonly kind: "fastest"; readonly row: RegimeRow; readonly seconds: number }
  | { readonly kind: "missed"; readonly rows: readonly RegimeRow[] }
  | { readonly kind: "lowest"; readonly row: RegimeRow; readonly loss: number }
  | { readonly kind: "diverged"; readonly rows: readonly RegimeRow[] }
  | { readonly kind: "failed"; readonly rows: readonly RegimeRow[] }
  /** So many runs of so many are missing. */
  | { readonly kind: "stopped"; readonly missing: number; readonly all: number };

/** Of a comparison, what findings come from. */
export type Measured = Pick<RegimeComparison, "regimes" | "target"> & {
  readonly runs: readonly Pick<RegimeRun, "status">[];
};

/** What came out: of several repeats by their medians, and only where there is one. */
export function findingsOf({ regimes, runs, target }: Measured): Finding[] {
  const withStatus = (status: "diverged" | "failed") => regimes.filter(({ counts }) => counts[status] > 0);
  const missing = runs.filter(({ status }) => status === "stopped").length;
  const lowest = leastOf(regimes, "trainingLoss");
  return [
    ...(target.loss === null ? [] : reached(regimes, target.loss)),
    ...(lowest === undefined ? [] : [{ kind: "lowest" as const, row: lowest.row, loss: lowest.value }]),
    ...(["diverged", "failed"] as const).flatMap((kind) => {
      const rows = withStatus(kind);
      return rows.length === 0 ? [] : [{ kind, rows }];
    }),
    ...(missing === 0 ? [] : [{ kind: "stopped" as const, missing, all: runs.length }]),
  ];
}

function reached(regimes: readonly RegimeRow[], target: number): Finding[] {
  const measured = regimes.filter(({ measured: { trainingLoss } }) => trainingLoss !== null);
  if (measured.length === 0) return [];
  const fewest = leastOf(regimes, "epochsToTarget");
  const fastest = leastOf(regimes, "secondsToTarget");
  if (fewest === undefined || fastest === undefined) return [{ kind: "noneReached", target }];
  const missed = measured.filter((row) => medianOf(row, "epochsToTarget") === undefined);
  return [
    { kind: "fewest", target, row: fewest.row, epochs: fewest.value },
    { kind: "fastest", row: fastest.row, seconds: fastest.value },
    ...(missed.length === 0 ? [] : [{ kind: "missed" as const, rows: missed }]),
  ];
}

function leastOf(regimes: readonly RegimeRow[], column: MeasuredColumn) {
  const found = regimes.flatMap((row) => {
    const value = medianOf(row, column);
    return value === undefined ? [] : [{ row, value }];
  });
  return found.toSorted((a, b) => a.value - b.value)[0];
}

function medianOf({ measured }: RegimeRow, column: MeasuredColumn): number | undefined {
  return measured[column]?.median ?? undefined;
}
