import { ColumnBuilder, type Column } from "../../../src/table/column.ts";

/** A column of these cells, as if it stood in a file. */
export function columnOf(cells: readonly (string | number)[], name = "a"): Column {
  const builder = new ColumnBuilder(name);
  for (const [index, cell] of cells.entries()) builder.push(String(cell), index + 2);
  return builder.finish();
}

/** The numbers 0 … count − 1. */
export const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** So many cells, these values by turns. */
export const turns = (values: readonly (string | number)[], count: number) =>
  range(count).map((index) => values[index % values.length] ?? "");
