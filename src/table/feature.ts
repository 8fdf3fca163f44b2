import { DataError } from "../errors.ts";
import { quote } from "../quote.ts";
import type { Column } from "./column.ts";

/**
 * One input of a network: how a column's cell becomes a number. Plain data, which JSON keeps: a saved model carries it.
 *
 *     value:     (x − mean) / deviation      a missing cell: 0
 *     day:       the same of a date, x being the days since 1970-01-01
 *     truth:     0 or 1                      a missing cell: the mean
 *     phase:     sin or cos of 2π t          a missing cell: the mean; t runs from 0 to 1 over a year, or a day
 *     category:  1 where the cell is that    null stands for a missing cell; one never seen: 0 in all
 */
export type Feature = { readonly column: string } & (
  | { readonly kind: "value" | "day"; readonly mean: number; readonly deviation: number }
  | { readonly kind: "truth"; readonly mean: number }
  | Phase
  | { readonly kind: "category"; readonly category: string | null }
);

/**
 * Of a date: nearby days of two years, or hours of two days, are near each other. A type, not an interface, as all that goes
 * into a model's metadata.
 */
export type Phase = {
  readonly kind: "phase";
  readonly period: "year" | "day";
  readonly wave: "sine" | "cosine";
  readonly mean: number;
};

/** A feature that is computed from a number, a truth value or a date. */
export type NumericFeature = Exclude<Feature, { kind: "category" }>;

/** Reads a feature from the rows of its column. @throws DataError if the column is of another kind */
export function readerOf(feature: Feature, column: Column): (row: number) => number {
  if (feature.kind === "category") return categoryReader(feature.category, column);
  const isNumbers = column.kind === "number" || column.kind === "boolean" || column.kind === "date";
  if (!isNumbers) throw new DataError(`The column ${quote(column.name)} is ${column.kind}, where numbers are needed.`);
  const { numbers } = column;
  return (row) => inputOf(feature, numbers[row] ?? NaN);
}

/** The input that a cell's number makes: a number, 0 or 1, or days since 1970-01-01; NaN where the cell is missing. */
export function inputOf(feature: NumericFeature, number: number): number {
  if (feature.kind === "truth") return orElse(number, feature.mean);
  if (feature.kind === "phase") return orElse(wave(number, feature), feature.mean);
  return orElse((number - feature.mean) / feature.deviation, 0);
}

function orElse(value: number, fill: number): number {
  return Number.isNaN(value) ? fill : value;
}

function categoryReader(category: string | null, { name, categories }: Column): (row: number) => number {
  if (categories === undefined) throw new DataError(`The column ${quote(name)} has too many different values.`);
  const { names, codes } = categories;
  const code = category === null ? 0 : names.indexOf(category) + 1;
  // A category that this table does not hold must not be taken for a missing cell.
  if (code === 0 && category !== null) return () => 0;
  return (row) => (codes[row] === code ? 1 : 0);
}

/** sin 2πt or cos 2πt, t being the fraction of the year or of the day that has passed. */
export function wave(days: number, { period, wave: shape }: Pick<Phase, "period" | "wave">): number {
  const angle = 2 * Math.PI * (period === "day" ? days - Math.floor(days) : fractionOfYear(days));
  return shape === "sine" ? Math.sin(angle) : Math.cos(angle);
}

const millisecondsPerDay = 86_400_000;

function fractionOfYear(days: number): number {
  if (Number.isNaN(days)) return NaN;
  const year = new Date(days * millisecondsPerDay).getUTCFullYear();
  const start = Date.UTC(year, 0) / millisecondsPerDay;
  const end = Date.UTC(year + 1, 0) / millisecondsPerDay;
  return (days - start) / (end - start);
}
