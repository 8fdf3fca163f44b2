import { quote } from "../quote.ts";
import { looksLikeDate } from "./cell.ts";
import type { Column } from "./column.ts";

type TextColumn = Extract<Column, { kind: "text" }>;

/** The share of numbers from which on a column of texts was probably meant to hold numbers. */
const almostAll = 0.9;

/** Whether a column of texts was probably meant to hold numbers: nearly all are, or they are written with signs in them. */
export function isAlmostNumbers({ numeric, dressed, present, firstText, firstDressed }: TextColumn): boolean {
  return numeric + dressed >= almostAll * present || (dressed > 0 && firstDressed.line === firstText.line);
}

/** `3 of 500 cells are no numbers, first at line 17: "12 €"` */
export function describeTexts({ numeric, present, firstText, firstDressed }: TextColumn): string {
  const texts = present - numeric;
  const are = texts === 1 ? "is no number" : "are no numbers";
  const first = `first at line ${firstText.line}: ${quote(firstText.text)}`;
  const isOther = firstDressed.line > firstText.line;
  const dressed = isOther ? `, and at line ${firstDressed.line} ${quote(firstDressed.text)}` : "";
  return `${texts} of ${present} cells ${are}, ${first}${dressed}`;
}

/** What to change in a column of texts that was probably meant to hold numbers or dates, or nothing. */
export function hintAt(column: Column): string | undefined {
  if (column.kind !== "text") return undefined;
  const { firstText } = column;
  if (isAlmostNumbers(column))
    return `${describeTexts(column)}. Write plain numbers, such as 1234.5, or leave it empty.`;
  if (!looksLikeDate(firstText.text)) return undefined;
  return `its texts, such as ${quote(firstText.text)}, look like dates. Write them as 2026-01-31.`;
}
