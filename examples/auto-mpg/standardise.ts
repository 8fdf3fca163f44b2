import { mean, standardDeviation } from "simple-statistics";

/** Shifts and scales numbers so that those it was fitted to have mean 0 and standard deviation 1: (x − mean) / deviation. */
export interface Standardiser {
  readonly apply: (rows: readonly (readonly number[])[]) => number[][];
  /** Back to the units that the numbers came in. */
  readonly undo: (rows: readonly (readonly number[])[]) => number[][];
}

/** Fitted column by column, to the training part alone: the test part must stay unseen. */
export function standardiserOf(rows: readonly (readonly number[])[]): Standardiser {
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] as number));
  const means = columns.map((column) => mean(column));
  const deviations = columns.map((column) => standardDeviation(column) || 1);
  const map = (change: (value: number, column: number) => number) => (rowsToChange: readonly (readonly number[])[]) =>
    rowsToChange.map((row) => row.map(change));
  return {
    apply: map((value, column) => (value - (means[column] as number)) / (deviations[column] as number)),
    undo: map((value, column) => value * (deviations[column] as number) + (means[column] as number)),
  };
}
