import { closest } from "fastest-levenshtein";
import { DataError, HyperparameterError, UnknownNameError } from "../errors.ts";
import { quote } from "../quote.ts";
import { numberIn } from "./cell.ts";
import { countOf, cutTo, oneLine } from "./text-width.ts";

/** The names of a table's columns, each of which is there once. */
export interface Header {
  readonly names: readonly string[];
  /** Names that the file gives to several columns; all but the first are numbered here. */
  readonly repeated: readonly string[];
  /** Names made up for columns that the file gives none. */
  readonly unnamed: readonly string[];
}

/** What a file's first row says. A column without a name is called by its place; the second `a` is called `a (2)`. */
export function headerOf(cells: readonly string[]): Header {
  const names: string[] = [];
  const repeated = new Set<string>();
  const unnamed: string[] = [];
  const given = cells.map((cell) => cell.trim());
  const taken = new Set(given);
  for (const [index, cell] of given.entries()) {
    const wanted = cell === "" ? `column ${index + 1}` : cell;
    const isFree = cell === "" ? !taken.has(wanted) : !names.includes(wanted);
    const name = isFree ? wanted : numbered(wanted, taken);
    if (cell === "") unnamed.push(name);
    else if (!isFree) repeated.add(cell);
    taken.add(name);
    names.push(name);
  }
  return { names, repeated: [...repeated], unnamed };
}

/** The first of `a (2)`, `a (3)` … that is not taken. */
export function numbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name} (${number})`)) number++;
  return `${name} (${number})`;
}

/** @param line where in the file the row begins @throws DataError for a row that has not as many cells as the header */
export function expectWholeRow(path: string, { names }: Header, cells: readonly string[], line: number): void {
  if (cells.length === names.length) return;
  const lastLine = line + cells.join("").split("\n").length - 1;
  const where = lastLine === line ? `line ${line}` : `lines ${line} to ${lastLine} (a quoted cell runs over them all)`;
  const counts = `${countOf(cells.length, "cell")} where the header has ${names.length}`;
  const mend = "Mend that row; put a cell that holds the delimiter in quotes.";
  throw new DataError(`${path}, ${where}: ${counts}. ${mend}`, [line]);
}

/** Which columns a table is to have, by their places in the file. */
export interface Selection {
  readonly target: number;
  readonly inputs: readonly number[];
  readonly ignored: readonly number[];
}

/**
 * Finds the columns that a user names.
 *
 * @param ignore names of columns, or several of them with commas between
 * @throws HyperparameterError if no target is named, or it is to be ignored; UnknownNameError, with the nearest name, for a
 * column that is not there; DataError if several columns have the target's name, or there is no other
 */
export function selectColumns(
  path: string,
  header: Header,
  target: string | undefined,
  ignore: readonly string[] = [],
): Selection {
  const { names } = header;
  if (target === undefined) {
    const message = `Say by --target which column of ${path} to predict. ${listColumns(names)}`;
    throw new HyperparameterError(message, "target", target);
  }
  const targetAt = findColumn(path, names, target);
  if (header.repeated.includes(target)) {
    throw new DataError(`${path} has several columns called ${quote(target)}. Give the target a name of its own.`);
  }
  const ignored = ignore
    .flatMap((name) => (names.includes(name.trim()) ? [name] : name.split(",")))
    .filter((name) => name.trim() !== "")
    .map((name) => findColumn(path, names, name.trim()));
  if (ignored.includes(targetAt)) {
    throw new HyperparameterError(`${quote(target)} is the target, and cannot be ignored too.`, "ignore", target);
  }
  const inputs = names.map((_, index) => index).filter((index) => index !== targetAt && !ignored.includes(index));
  if (inputs.length > 0) return { target: targetAt, inputs, ignored };
  const mend = names.length === 1 ? "Is its delimiter another one? Say so by --delimiter." : "Ignore fewer columns.";
  throw new DataError(`${path} has no column besides the target to predict it from. ${mend}`);
}

/** Where among the names one is. @throws UnknownNameError, with the nearest one */
export function findColumn(path: string, names: readonly string[], name: string): number {
  const index = names.indexOf(name);
  if (index >= 0) return index;
  throw new UnknownNameError(
    `There is no column ${quote(name)} in ${path}. ${mendFor(name, names)} ${listColumns(names)}`,
    name,
    names,
  );
}

function mendFor(name: string, names: readonly string[]): string {
  const areNumbers = names.every((candidate) => !Number.isNaN(numberIn(candidate)));
  if (areNumbers) return "Its first line holds only numbers, and must name the columns.";
  return `Did you mean ${quote(closest(name, names))}?`;
}

const mostListed = 40;

function listColumns(names: readonly string[]): string {
  const listed = names.slice(0, mostListed).map((name) => cutTo(40, oneLine(name)));
  const rest = names.length > mostListed ? `, and ${names.length - mostListed} more` : "";
  return `Columns: ${listed.join(", ")}${rest}.`;
}
