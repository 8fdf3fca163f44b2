import { basename } from "node:path";
import { markdownTable } from "markdown-table";
import { formatNumbers } from "../nested-numbers.ts";
import { quote } from "../quote.ts";
import { hintAt } from "./almost-numbers.ts";
import { formatDate } from "./cell.ts";
import { mostDifferent, type Column } from "./column.ts";
import type { Table } from "./read-table.ts";
import { countOf, cutTo, oneLine, pageWidth, wrapLines } from "./text-width.ts";
import type { LeftOut, Treatment } from "./treatment.ts";

const delimiterNames: Readonly<Record<string, string>> = { "\t": "a tab", " ": "a space" };

/** What was read, and what is made of each column, in plain text. */
export function describeTable(table: Table, treatments: readonly Treatment[], task: string): string {
  const { header, rows, withoutTarget, delimiter, target } = table;
  const read = `${countOf(rows + withoutTarget, "row")} of ${countOf(header.names.length, "column")}`;
  const between = `${delimiterNames[delimiter] ?? JSON.stringify(delimiter)} between cells`;
  const dropped = withoutTarget === 0 ? "" : ` ${countOf(withoutTarget, "row")} without a target left out.`;
  const first = [
    `${cutTo(60, oneLine(basename(table.path)))}: ${read}, ${between}.`,
    `Target ${quote(target.name)}: ${task}.${dropped}`,
  ];
  return [first.map((line) => wrapLines(line)), "", tableOf(target, treatments), "", notes(table, treatments)]
    .flat()
    .join("\n")
    .trimEnd();
}

/** Columns that are shown; of wider tables the first ones, so that it stays a page. */
const mostShown = 60;

function tableOf(target: Column, treatments: readonly Treatment[]): string {
  const shown = treatments.slice(0, mostShown);
  const rest = treatments.length - shown.length;
  const rows = [
    ...shown.map(({ column, features, leftOut }) => [
      column.name,
      column.kind,
      valuesOf(column),
      String(column.missing),
      leftOut === undefined ? String(features.length) : "left out",
    ]),
    [target.name, target.kind, valuesOf(target), "", "target"],
  ];
  const titles = ["column", "type", "values", "missing", "inputs"];
  // Four of the five columns are as wide as they must be; the names take what is left.
  const widths = [1, 2, 3, 4].map((index) => Math.max(...[titles, ...rows].map((row) => row[index]?.length ?? 0)));
  const nameWidth = pageWidth - widths.reduce((sum, width) => sum + width, 0) - "| ".length * 5 - " ".length * 5 - 1;
  // Bars would break the table.
  const cut = rows.map(([name = "", ...others]) => [cutTo(nameWidth, oneLine(name).replaceAll("|", "¦")), ...others]);
  const table = markdownTable([titles, ...cut], {
    align: ["l", "l", "l", "r", "r"],
    stringLength: (text) => text.length,
  });
  return rest === 0 ? table : `${table}\n… and ${countOf(rest, "more column")}.`;
}

function valuesOf(column: Column): string {
  const { kind, categories } = column;
  if (kind === "empty") return "";
  if (kind === "text")
    return categories === undefined ? `over ${mostDifferent}` : `${categories.names.length} different`;
  if (kind === "boolean") return "true, false";
  let smallest = Infinity;
  let largest = -Infinity;
  for (const value of column.numbers) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  const format = kind === "date" ? formatDate : formatNumbers;
  return smallest === largest ? format(smallest) : `${format(smallest)} … ${format(largest)}`;
}

const reasons: Readonly<Record<LeftOut, string>> = {
  empty: "being empty",
  constant: "being the same in every training row",
  "row number": "being only the number of the row",
  "many texts": "having too many different texts, as names have",
};

/** Names in one sentence, at most. */
const mostNamed = 12;

function named(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  const listed = names.slice(0, mostNamed).map((name) => quote(oneLine(name)));
  return `${listed.join(", ")}${rest > 0 ? ` and ${rest.toLocaleString("en")} more` : ""}`;
}

/** What a user ought to know of, each in a sentence or two. */
function notes({ header, ignored }: Table, treatments: readonly Treatment[]): string[] {
  const lines: string[] = [];
  if (ignored.length > 0) lines.push(`Ignored, as asked: ${named(ignored)}.`);
  for (const [reason, words] of Object.entries(reasons)) {
    const names = treatments.filter(({ leftOut }) => leftOut === reason).map(({ column }) => column.name);
    if (names.length > 0) lines.push(`Left out, ${words}: ${named(names)}.`);
  }
  const kept = treatments.filter(({ isRowNumber }) => isRowNumber === true).map(({ column }) => column.name);
  if (kept.length > 0) lines.push(`Kept for want of others, though like the number of the row: ${named(kept)}.`);
  lines.push(...treatments.flatMap(notesOn));
  const filled = treatments.filter(({ column, features }) => column.missing > 0 && features.length > 0);
  if (filled.length > 0) {
    const count = filled.reduce((sum, { column }) => sum + column.missing, 0);
    const how = "numbers and dates by the training rows' mean, texts as a value of their own";
    lines.push(`${countOf(count, "missing cell")} filled: ${how}.`);
  }
  const { unnamed, repeated } = header;
  if (unnamed.length > 0) lines.push(`Without a name in the header: what is called ${named(unnamed)} here.`);
  if (repeated.length > 0) lines.push(`Several columns have one name; "(2)" is the second: ${named(repeated)}.`);
  return lines.map((line) => wrapLines(line));
}

/** What to change in a column of texts, and which of them are inputs where not all are. */
function notesOn({ column, features }: Treatment): string[] {
  const name = quote(oneLine(column.name));
  const hint = hintAt(column);
  const hints = hint === undefined ? [] : [`In ${name} ${hint}`];
  const different = (column.categories?.names.length ?? 0) + (column.missing > 0 ? 1 : 0);
  if (features[0]?.kind !== "category" || different <= features.length) return hints;
  return [...hints, `Of ${name} the ${features.length} most frequent of ${different} values are inputs.`];
}
