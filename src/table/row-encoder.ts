import { DataError } from "../errors.ts";
import { quote } from "../quote.ts";
import { categoryIn, dateIn, isMissing, numberIn, truthIn } from "./cell.ts";
import type { Matrix } from "./encode.ts";
import { inputOf, type Feature, type NumericFeature } from "./feature.ts";
import { GrowingArray } from "./growing-array.ts";
import { findColumn } from "./header.ts";

/** Reads one cell of a row, and appends the inputs that are made of it. */
type CellEncoder = (cell: string, line: number) => void;

/** Values of a column that the network was not trained on. */
export interface UnknownCategories {
  readonly column: string;
  readonly rows: number;
  readonly first: { readonly text: string; readonly line: number };
}

/**
 * Turns rows of a file, cell by cell, into the inputs of a network that was trained on another file: numbers and dates as
 * that one's mean and deviation have them, whatever this one's are.
 */
export class RowEncoder {
  readonly #path: string;
  readonly #columns: readonly { readonly at: number; readonly encode: CellEncoder }[];
  readonly #values = new GrowingArray((length) => new Float32Array(length));
  readonly #inputs: number;
  readonly #unknown = new Map<string, { column: string; rows: number; first: { text: string; line: number } }>();
  #rows = 0;

  /** @throws UnknownNameError, with the nearest name, for an input that is not among the columns */
  constructor(path: string, names: readonly string[], features: readonly Feature[]) {
    this.#path = path;
    this.#inputs = features.length;
    this.#columns = runsOf(features).map(({ column, ...run }) => {
      return { at: findColumn(path, names, column), encode: this.#encoderOf(column, run.features) };
    });
  }

  /** @param line where in the file the row begins @throws DataError, with the line, for a cell of another kind */
  push(cells: readonly string[], line: number): void {
    for (const { at, encode } of this.#columns) encode((cells[at] ?? "").trim(), line);
    this.#rows++;
  }

  /** The inputs of all rows pushed. */
  get inputs(): Matrix {
    return { values: this.#values.values, shape: [this.#rows, this.#inputs] };
  }

  /** Columns with values that are none of the known ones: their inputs are 0. */
  get unknown(): readonly UnknownCategories[] {
    return [...this.#unknown.values()];
  }

  #encoderOf(column: string, features: readonly Feature[]): CellEncoder {
    const numeric = features.filter((feature) => feature.kind !== "category");
    const [first] = numeric;
    if (first !== undefined) return this.#numberEncoder(column, numeric, kinds[first.kind]);
    const categories = features.flatMap((feature) => (feature.kind === "category" ? [feature.category] : []));
    return this.#categoryEncoder(column, categories);
  }

  #numberEncoder(column: string, features: readonly NumericFeature[], kind: CellKind): CellEncoder {
    const { parse, what, mend } = kind;
    return (cell, line) => {
      const number = isMissing(cell) ? NaN : parse(cell);
      if (Number.isNaN(number) && !isMissing(cell)) {
        const problem = `${quote(column)} is ${quote(cell)}, where ${what} is needed`;
        throw new DataError(`${this.#path}, line ${line}: ${problem}. ${mend}, or leave the cell empty.`, [line]);
      }
      for (const feature of features) this.#values.push(inputOf(feature, number));
    };
  }

  #categoryEncoder(column: string, categories: readonly (string | null)[]): CellEncoder {
    const placeOf = new Map(categories.map((category, index) => [category, index]));
    return (cell, line) => {
      const place = placeOf.get(isMissing(cell) ? null : categoryIn(cell));
      if (place === undefined && !isMissing(cell)) this.#countUnknown(column, cell, line);
      for (let index = 0; index < categories.length; index++) this.#values.push(index === place ? 1 : 0);
    };
  }

  #countUnknown(column: string, text: string, line: number): void {
    const found = this.#unknown.get(column);
    if (found === undefined) this.#unknown.set(column, { column, rows: 1, first: { text, line } });
    else found.rows++;
  }
}

/** How cells become numbers. */
interface CellKind {
  /** NaN for what is none. */
  readonly parse: (text: string) => number;
  readonly what: string;
  readonly mend: string;
}

const date: CellKind = { parse: dateIn, what: "a date", mend: "Write it as 2026-01-31" };

/** What the cells of each kind of feature are. */
const kinds: Readonly<Record<NumericFeature["kind"], CellKind>> = {
  value: { parse: numberIn, what: "a number", mend: "Write a plain number, such as 1234.5" },
  day: date,
  phase: date,
  truth: { parse: truthIn, what: "true or false", mend: "Write one of them" },
};

/** Features that one reading of a cell serves. */
interface Run {
  readonly column: string;
  readonly kind: CellKind | "category";
  readonly features: Feature[];
}

/** The features in their order, as far as possible several to a run. */
function runsOf(features: readonly Feature[]): readonly Run[] {
  const runs: Run[] = [];
  for (const feature of features) {
    const { column } = feature;
    const kind = feature.kind === "category" ? feature.kind : kinds[feature.kind];
    const last = runs.at(-1);
    if (last?.column === column && last.kind === kind) last.features.push(feature);
    else runs.push({ column, kind, features: [feature] });
  }
  return runs;
}
