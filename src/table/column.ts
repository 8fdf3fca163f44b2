import { dateIn, isMissing, looksLikeNumber, numberIn, truthIn } from "./cell.ts";
import { GrowingArray } from "./growing-array.ts";

/** A column that has more different values than this is no set of categories, and they are no longer told apart. */
export const mostDifferent = 1000;

/** Which of its different values each row has. */
interface Categories {
  readonly names: readonly string[];
  /** Of each row an index into the names, plus 1; 0 where the cell is missing. */
  readonly codes: Uint16Array;
}

/** A cell's text, and where it stands; line 0 where there is none. */
interface Cell {
  readonly text: string;
  readonly line: number;
}

/** A column of a table, each row of it in one way. */
export type Column = {
  readonly name: string;
  /** How many cells hold something, and how many say that there is nothing. */
  readonly present: number;
  readonly missing: number;
  /** Undefined if there are more than `mostDifferent`. */
  readonly categories: Categories | undefined;
} & (
  | { readonly kind: "empty" }
  | {
      readonly kind: "number" | "boolean" | "date";
      /** Numbers; 0 and 1; days since 1970-01-01. NaN where the cell is missing. */
      readonly numbers: Float64Array;
    }
  | {
      readonly kind: "text";
      /** How many cells hold a number all the same. */
      readonly numeric: number;
      /** The first cell that is not a number. */
      readonly firstText: Cell;
      /** How many cells hold a number in another dress, as `looksLikeNumber` has it, and the first of them. */
      readonly dressed: number;
      readonly firstDressed: Cell;
    }
);

/** Takes a column's cells one by one, and finds out what they are: each number costs 8 bytes, each category 2. */
export class ColumnBuilder {
  readonly #name: string;
  readonly #numbers = new GrowingArray((length) => new Float64Array(length));
  readonly #codeOf = new Map<string | number, number>();
  readonly #counts = { number: 0, boolean: 0, date: 0, text: 0 };
  #codes: GrowingArray<Uint16Array> | undefined = new GrowingArray((length) => new Uint16Array(length));
  #missing = 0;
  #firstText: Cell = { text: "", line: 0 };
  #dressed = 0;
  #firstDressed: Cell = { text: "", line: 0 };

  constructor(name: string) {
    this.#name = name;
  }

  /** @param line where in the file the cell's row begins, counted from 1 */
  push(cell: string, line: number): void {
    const text = cell.trim();
    if (isMissing(text)) {
      this.#missing++;
      this.#numbers.push(NaN);
      this.#codes?.push(0);
      return;
    }
    const number = numberIn(text);
    if (Number.isNaN(number)) this.#pushText(text, line);
    else this.#add("number", number, number);
  }

  #pushText(text: string, line: number): void {
    if (this.#firstText.line === 0) this.#firstText = { text: copyOf(text), line };
    const truth = truthIn(text);
    if (!Number.isNaN(truth)) {
      this.#add("boolean", truth, text.toLowerCase());
      return;
    }
    if (looksLikeNumber(text)) {
      this.#dressed++;
      if (this.#firstDressed.line === 0) this.#firstDressed = { text: copyOf(text), line };
    }
    const days = dateIn(text);
    this.#add(Number.isNaN(days) ? "text" : "date", days, text);
  }

  #add(kind: "number" | "boolean" | "date" | "text", value: number, category: string | number): void {
    this.#counts[kind]++;
    this.#numbers.push(value);
    if (this.#codes === undefined) return;
    let code = this.#codeOf.get(category);
    if (code === undefined) {
      code = this.#codeOf.size + 1;
      this.#codeOf.set(typeof category === "string" ? copyOf(category) : category, code);
    }
    this.#codes.push(code);
    if (code <= mostDifferent) return;
    this.#codes = undefined;
    this.#codeOf.clear();
  }

  /** The column that the cells make. */
  finish(): Column {
    const codes = this.#codes?.values;
    const names = Array.from(this.#codeOf.keys(), String);
    const numbers = this.#numbers.values;
    const present = numbers.length - this.#missing;
    const column = {
      name: this.#name,
      present,
      missing: this.#missing,
      categories: codes === undefined ? undefined : { names, codes },
    };
    if (present === 0) return { ...column, kind: "empty" };
    const kind = (["number", "boolean", "date"] as const).find((candidate) => this.#counts[candidate] === present);
    if (kind !== undefined) return { ...column, kind, numbers };
    const texts = { firstText: this.#firstText, dressed: this.#dressed, firstDressed: this.#firstDressed };
    return { ...column, kind: "text", numeric: this.#counts.number, ...texts };
  }
}

/** V8 keeps the whole text that a part was cut from, 256 KiB of the file, for as long as the part. */
function copyOf(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
