import { markdownTable } from "markdown-table";
import wrapAnsi from "wrap-ansi";

const width = 80;

/** A title, then paragraphs and tables, set in lines of at most 80 characters. */
export function page(title: string, ...parts: readonly string[]): string {
  return [`## ${title}`, ...parts.map((part) => (part.startsWith("|") ? part : wrapAnsi(part, width)))].join("\n\n");
}

/** A Markdown table: its first column to the left, numbers to the right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "number" ? round(cell) : cell)));
  const isNumeric = (column: number) => rows.every((row) => typeof row[column] === "number");
  const align = header.map((_, column) => (column > 0 && isNumeric(column) ? "r" : "l"));
  return markdownTable([header, ...cells], { align });
}

/** A number to six significant digits, enough to read. */
export function round(number: number, digits = 6): string {
  return String(Number(number.toPrecision(digits)));
}

/** Several numbers to read, `(4, -2)`. */
export function roundAll(numbers: readonly number[], digits = 6): string {
  return `(${numbers.map((number) => round(number, digits)).join(", ")})`;
}
