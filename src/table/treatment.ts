import type { Column } from "./column.ts";
import { wave, type Feature, type Phase } from "./feature.ts";
import { momentsOf, presentIn } from "./moments.ts";

/** A text becomes at most so many inputs, for its most frequent values: the states of the USA find room. */
const mostCategories = 64;

/** Why nothing is made of a column. */
export type LeftOut = "empty" | "constant" | "row number" | "many texts";

/** What is made of a column: inputs, or nothing. */
export interface Treatment {
  readonly column: Column;
  readonly features: readonly Feature[];
  readonly leftOut: LeftOut | undefined;
  /** Whether it only numbers the rows, and is kept all the same. */
  readonly isRowNumber?: boolean;
}

/**
 * Decides what to make of each column. One that only numbers the rows is kept where there is no other: it may be a time.
 *
 * @param rowsInFile how many rows the file has, those without a target counted
 */
export function treatAll(columns: readonly Column[], training: Int32Array, rowsInFile: number): readonly Treatment[] {
  const treatments = columns.map((column) => treat(column, training, rowsInFile));
  if (treatments.some(({ features }) => features.length > 0)) return treatments;
  return treatments.map((treatment) => {
    if (treatment.leftOut !== "row number") return treatment;
    return { ...treat(treatment.column, training, 0), isRowNumber: true };
  });
}

/**
 * Decides what to make of a column, by the training rows alone: what the others hold must stay unseen.
 *
 * @param rowsInFile how many rows the file has, those without a target counted
 */
export function treat(column: Column, training: Int32Array, rowsInFile: number): Treatment {
  const leaveOut = (leftOut: LeftOut) => ({ column, features: [], leftOut });
  if (column.kind === "empty") return leaveOut("empty");
  if (column.kind === "text") return treatText(column, training);
  if (column.kind === "number" && countsRows(column.numbers, rowsInFile)) return leaveOut("row number");
  const features = numericFeatures(column.name, column.kind, column.numbers, training);
  return features.length === 0 ? leaveOut("constant") : { column, features, leftOut: undefined };
}

/**
 * Whether a column only numbers the rows, from 0 or 1, with a gap where a row without a target was left out. Where a file is
 * sorted, it would tell the target.
 */
function countsRows(numbers: Float64Array, rowsInFile: number): boolean {
  const [first = NaN] = numbers;
  const last = numbers.at(-1) ?? NaN;
  const rises = numbers.every(
    (number, row) => Number.isInteger(number) && (row === 0 || number > (numbers[row - 1] ?? NaN)),
  );
  return rises && first >= 0 && last <= rowsInFile;
}

const phases = (["year", "day"] as const).flatMap((period) =>
  (["sine", "cosine"] as const).map((shape) => ({ kind: "phase" as const, period, wave: shape })),
);

/** Those that differ from row to row. */
function numericFeatures(
  column: string,
  kind: "number" | "boolean" | "date",
  numbers: Float64Array,
  training: Int32Array,
): Feature[] {
  const present = presentIn(numbers, training);
  const { mean, deviation, isConstant } = momentsOf(present);
  if (isConstant) return [];
  if (kind === "boolean") return [{ column, kind: "truth", mean }];
  if (kind === "number") return [{ column, kind: "value", mean, deviation }];
  const waves = phases.flatMap((phase): (Phase & { column: string })[] => {
    const moments = momentsOf(present.map((days) => wave(days, phase)));
    return moments.isConstant ? [] : [{ column, ...phase, mean: moments.mean }];
  });
  return [{ column, kind: "day", mean, deviation }, ...waves];
}

function treatText(column: Column, training: Int32Array): Treatment {
  const leaveOut = (leftOut: LeftOut) => ({ column, features: [], leftOut });
  const { name, categories } = column;
  if (categories === undefined) return leaveOut("many texts");
  const counts = new Map<number, number>();
  for (const row of training) {
    const code = categories.codes[row] ?? 0;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  if (counts.size < 2) return leaveOut("constant");
  // By code where two are equally frequent: in the order of the file.
  const kept = [...counts].toSorted(([a, m], [b, n]) => n - m || a - b).slice(0, mostCategories);
  const covered = kept.reduce((sum, [, count]) => sum + count, 0);
  const areNames = counts.size > training.length / 2 || covered < training.length / 2;
  if (areNames) return leaveOut("many texts");
  const features = kept.map(([code]): Feature => {
    return { column: name, kind: "category", category: code === 0 ? null : (categories.names[code - 1] ?? null) };
  });
  return { column, features, leftOut: undefined };
}
