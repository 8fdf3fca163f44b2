import Papa from "papaparse";
import { Sequential, useBackend, type BackendName } from "rivulet";
import { DataError } from "../errors.ts";
import { quote } from "../quote.ts";
import { readFileRows, type FileRowsOptions } from "./file-rows.ts";
import { expectWholeRow, headerOf, numbered, type Header } from "./header.ts";
import { locationOf } from "./model-location.ts";
import { predictRows } from "./network.ts";
import { describeOutputs, type Predictions } from "./prediction-columns.ts";
import { readRecipe, type Recipe } from "./recipe.ts";
import { RowEncoder, type UnknownCategories } from "./row-encoder.ts";
import { countOf, wrapLines } from "./text-width.ts";

/** How to read the rows, and where to predict. */
export interface PredictTableOptions extends FileRowsOptions {
  readonly backend: BackendName | "auto";
}

/** Takes what is written and what is said. */
export interface Outlets {
  /** CSV, some rows at a time. */
  readonly write: (text: string) => void;
  /** What a user ought to know besides, in plain text of 80 columns. */
  readonly say: (text: string) => void;
}

/**
 * Predicts the rows of a CSV file with a model that `trainTable` has saved, and writes them with the predictions after their
 * own cells. They need no target. Nothing is written unless all of them can be predicted: the file is read once to predict,
 * and once to write.
 *
 * @throws ModelFileError for a folder without a model; DataError for a model of another kind, and for rows that cannot be
 * read, with the line; UnknownNameError for a column that is not there; BackendError; the signal's reason when it is aborted
 */
export async function predictTable(
  folder: string,
  path: string,
  options: PredictTableOptions,
  { write, say }: Outlets,
): Promise<void> {
  await useBackend(options.backend);
  using model = await Sequential.load(locationOf(folder));
  const recipe = readRecipe(folder, model);
  const { header, delimiter, encoder } = await encodeFile(path, recipe, options);
  for (const unknown of encoder.unknown) say(describeUnknown(unknown));
  const predictions = describeOutputs(recipe.target, await predictRows(model, encoder.inputs));
  options.signal?.throwIfAborted();
  await writePredictions(path, { ...options, header, delimiter, predictions }, write);
}

function describeUnknown({ column, rows, first }: UnknownCategories): string {
  const who = `In ${quote(column)} ${countOf(rows, "row")} ${rows === 1 ? "has" : "have"}`;
  const where = `first at line ${first.line}: ${quote(first.text)}`;
  return wrapLines(
    `${who} a value that the network was not trained on, ${where}. It counts as none of those that it knows.`,
  );
}

async function encodeFile(path: string, recipe: Recipe, options: FileRowsOptions) {
  let header: Header | undefined;
  let encoder: RowEncoder | undefined;
  const onRow = (cells: readonly string[], line: number) => {
    if (header === undefined || encoder === undefined) {
      header = headerOf(cells);
      encoder = new RowEncoder(path, header.names, recipe.inputs);
      return;
    }
    expectWholeRow(path, header, cells, line);
    encoder.push(cells, line);
  };
  const delimiter = await readFileRows(path, options, onRow);
  if (header === undefined || encoder === undefined) {
    throw new DataError(`${path} is empty. Its first line must name the columns.`);
  }
  if (encoder.inputs.shape[0] === 0) throw new DataError(`${path} has a header and no rows.`);
  return { header, delimiter, encoder };
}

/** What stands in a file, and what comes after it. */
interface Written extends FileRowsOptions {
  readonly delimiter: string;
  readonly header: Header;
  readonly predictions: Predictions;
}

/** Rows that are written at once. */
const writtenAtOnce = 1000;

async function writePredictions(
  path: string,
  { header, predictions, ...options }: Written,
  write: (text: string) => void,
): Promise<void> {
  const { titles, cellsOf } = predictions;
  const taken = new Set(header.names);
  const added = titles.map((title) => (taken.has(title) ? numbered(title, taken) : title));
  const lines: string[][] = [];
  const flush = () => {
    if (lines.length > 0) write(`${Papa.unparse(lines.splice(0), { delimiter: options.delimiter, newline: "\n" })}\n`);
  };
  let row = -1;
  await readFileRows(path, options, (cells) => {
    // The parser leaves the return of a line's end at its last cell.
    const own = cells.map((cell, index) => (index === cells.length - 1 ? cell.replace(/\r$/, "") : cell));
    lines.push([...own, ...(row < 0 ? added : cellsOf(row))]);
    row++;
    if (lines.length >= writtenAtOnce) flush();
  });
  flush();
}
