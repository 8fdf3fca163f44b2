import type { ParseResult } from "papaparse";
import { longestName, type Axes, type AxisRange } from "./axes.ts";
import { mostPoints } from "./encode-points.ts";
import { rounded, type Point } from "./point.ts";

/** What is wrong with a file, and where; rows are counted as an editor counts lines of a file without line breaks in cells. */
export type CsvProblem =
  | { readonly kind: "tooLarge"; readonly most: number }
  | { readonly kind: "noText" }
  | { readonly kind: "empty" }
  | { readonly kind: "fewRows"; readonly rows: number; readonly fewest: number }
  | { readonly kind: "columns"; readonly columns: number }
  | { readonly kind: "quotes"; readonly row: number }
  | { readonly kind: "ragged"; readonly row: number; readonly cells: number; readonly columns: number }
  | { readonly kind: "noNumber"; readonly row: number; readonly column: string; readonly cell: string }
  | { readonly kind: "constant"; readonly column: string; readonly cell: string }
  | { readonly kind: "classes"; readonly column: string; readonly count: number };

/** What was read. */
export interface CsvData {
  readonly inputs: 1 | 2;
  readonly points: readonly Point[];
  readonly axes: Axes;
  /** How many rows the file has: more than there are points where only some were taken. */
  readonly rows: number;
}

/** In bytes: some hundred thousand rows. */
const largest = 5_000_000;
const fewestRows = 3;

/** Reads a file that somebody chose or dropped. */
export async function readCsvFile(file: File): Promise<CsvData | CsvProblem> {
  if (file.size > largest) return { kind: "tooLarge", most: largest };
  return readCsv(await file.text());
}

/**
 * Reads two columns of numbers, an input and its target, or three, two inputs and a class. A first line without a number
 * names them. What separates cells is found out; where that is a semicolon, decimals may have a comma.
 */
export async function readCsv(text: string): Promise<CsvData | CsvProblem> {
  // A file that is no text has what no text has, or what its bytes are not UTF-8 for.
  if (/[\0\uFFFD]/.test(text)) return { kind: "noText" };
  const { default: papa } = await import("papaparse");
  const bare = text.replace(/^\uFEFF/, "");
  // Looked for apart: Papa Parse counts empty lines against a delimiter, but only with them rows keep their numbers.
  const { meta } = papa.parse(bare, {
    delimitersToGuess: [",", ";", "\t", "|"],
    skipEmptyLines: "greedy",
    preview: 20,
  });
  const parsed = papa.parse<string[]>(bare, { delimiter: meta.delimiter });
  const quotes = parsed.errors.find(({ type }) => type === "Quotes");
  if (quotes !== undefined) return { kind: "quotes", row: (quotes.row ?? 0) + 1 };
  return fromCells(numbered(parsed), meta.delimiter === ";");
}

interface NumberedRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Rows with their place in the file, without empty lines. */
function numbered({ data }: ParseResult<string[]>): NumberedRow[] {
  const rows = data.map((cells, index) => ({ row: index + 1, cells: cells.map((cell) => cell.trim()) }));
  return rows.filter(({ cells }) => cells.some((cell) => cell !== ""));
}

function fromCells(all: readonly NumberedRow[], hasDecimalComma: boolean): CsvData | CsvProblem {
  const [first] = all;
  if (first === undefined) return { kind: "empty" };
  const read = (cell = "") => {
    const number = hasDecimalComma ? cell.replace(",", ".") : cell;
    return number === "" ? NaN : Number(number);
  };
  const columns = first.cells.length;
  if (columns !== 2 && columns !== 3) return { kind: "columns", columns };
  const isHeader = first.cells.every((cell) => Number.isNaN(read(cell)));
  const names = first.cells.map((cell, index) => (isHeader && cell !== "" ? cell : ["x", "y", "class"][index]) ?? "");
  const rows = isHeader ? all.slice(1) : all;
  if (rows.length < fewestRows) return { kind: "fewRows", rows: rows.length, fewest: fewestRows };
  const ragged = rows.find(({ cells }) => cells.length !== columns);
  if (ragged !== undefined) return { kind: "ragged", row: ragged.row, cells: ragged.cells.length, columns };
  const x = numbersOf(rows, 0, names, read);
  if ("kind" in x) return x;
  const y = numbersOf(rows, 1, names, read);
  if ("kind" in y) return y;
  if (columns === 2) return scaled(x, y, undefined);
  const labels = rows.map(({ cells }) => cells[2] ?? "");
  const groups = [...new Set(labels)].toSorted();
  if (groups.length !== 2) return { kind: "classes", column: names[2] ?? "", count: groups.length };
  return scaled(x, y, { labels, groups });
}

interface NumberColumn {
  readonly range: AxisRange;
  readonly values: readonly number[];
}

function numbersOf(
  rows: readonly NumberedRow[],
  index: number,
  names: readonly string[],
  read: (cell?: string) => number,
): NumberColumn | CsvProblem {
  const name = names[index] ?? "";
  const values = rows.map(({ cells }) => read(cells[index]));
  const at = values.findIndex((value) => !Number.isFinite(value));
  const wrong = rows[at];
  if (wrong !== undefined) return { kind: "noNumber", row: wrong.row, column: name, cell: wrong.cells[index] ?? "" };
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  // Numbers that differ, by less than float64 can tell in the middle of them, are as good as one.
  if (!(most - least > 0 && Number.isFinite(most - least))) {
    return { kind: "constant", column: name, cell: rows[0]?.cells[index] ?? "" };
  }
  return { range: { name: name.slice(0, longestName), least, most }, values };
}

/** Into [−1, 1], and no more than a link holds: evenly over the file. */
function scaled(
  x: NumberColumn,
  y: NumberColumn,
  classes: { readonly labels: readonly string[]; readonly groups: readonly string[] } | undefined,
): CsvData {
  const rows = x.values.length;
  const count = Math.min(rows, mostPoints);
  const place = ({ range, values }: NumberColumn, row: number) =>
    (2 * ((values[row] ?? NaN) - range.least)) / (range.most - range.least) - 1;
  const points = Array.from({ length: count }, (_, index) => {
    const row = Math.floor((index * rows) / count);
    const group = classes !== undefined && classes.labels[row] === classes.groups[1] ? 1 : 0;
    return rounded({ x: place(x, row), y: place(y, row), group });
  });
  const groups = (classes?.groups ?? []).map((label) => label.slice(0, longestName));
  return { inputs: classes === undefined ? 1 : 2, points, axes: { x: x.range, y: y.range, groups }, rows };
}
