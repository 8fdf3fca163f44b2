import { readRows, type RowListener } from "./csv-rows.ts";
import { startReadingBar } from "./reading-bar.ts";
import { textChunks } from "./text-chunks.ts";

/** How to read a file's rows. */
export interface FileRowsOptions {
  /** The character between cells. Default: that of `, ; tab |` which gives the header the most cells. */
  readonly delimiter?: string;
  /** Stops the reading, which then throws its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a CSV file row by row, never all of it at once. Where it is large, a terminal shows how far it is.
 *
 * @returns the delimiter
 * @throws DataError, with the line, for what is no CSV in UTF-8; whatever `onRow` throws; the signal's reason
 */
export async function readFileRows(
  path: string,
  { delimiter, signal }: FileRowsOptions,
  onRow: RowListener,
): Promise<string> {
  const bar = await startReadingBar(path);
  try {
    return await readRows(path, textChunks(path, signal, bar.advance), delimiter, onRow);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    bar.stop();
  }
}
