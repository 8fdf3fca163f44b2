import { momentsOf } from "../../table/moments.ts";

/** Rows of numbers, and the same rows shifted and scaled. */
type Table = readonly (readonly number[])[];

/**
 * Shifts and scales each column so that the training rows' has mean 0 and standard deviation 1: (x − mean) / deviation. The
 * validation rows are moved as those are, and stay unseen.
 */
export function standardise(training: Table, validation: Table): { training: number[][]; validation: number[][] } {
  const columns = (training[0] ?? []).map((_, column) =>
    momentsOf(Float64Array.from(training, (row) => row[column] ?? NaN)),
  );
  const move = (rows: Table) =>
    rows.map((row) =>
      row.map((value, column) => {
        const { mean, deviation } = columns[column] ?? { mean: 0, deviation: 1 };
        return (value - mean) / deviation;
      }),
    );
  return { training: move(training), validation: move(validation) };
}
