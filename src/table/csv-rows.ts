import { Readable } from "node:stream";
import Papa from "papaparse";
import { DataError } from "../errors.ts";

/** What may stand between cells. Where two are equally frequent in the header, the first of them. */
const delimiters = [",", ";", "\t", "|"] as const;

/** Characters in a row, at most. A longer one comes of a quote that is never closed. */
const longestRow = 2 ** 22;

/** Takes a row's cells, and the line of the file on which the row begins, counted from 1. */
export type RowListener = (cells: readonly string[], line: number) => void;

/**
 * Reads CSV text (RFC 4180) row by row, never all of it at once. Lines with nothing in them are passed over. A quote inside
 * a cell that does not begin with one stands for itself.
 *
 * @param path what messages call the file
 * @param chunks its text, cut anywhere
 * @param given the character between cells. Default: that of `, ; tab |` which gives the header the most cells
 * @returns the delimiter
 * @throws DataError, with the line, for a quoted cell that does not end as it should; whatever `onRow` throws
 */
export async function readRows(
  path: string,
  chunks: AsyncGenerator<string, void, undefined>,
  given: string | undefined,
  onRow: RowListener,
): Promise<string> {
  const rows = new RowCounter(path, onRow);
  try {
    const first = await chunks.next();
    const start = first.done === true ? "" : first.value;
    const delimiter = given ?? delimiterOf(start);
    const input = Readable.from(rows.watch(start, chunks));
    await new Promise<void>((resolve, reject) => {
      Papa.parse<string[]>(input, {
        delimiter,
        // A return before it is trimmed off the last cell: files with both endings are read too.
        newline: "\n",
        chunk: ({ data, errors }) => rows.take(data, errors),
        complete: () => resolve(),
        error: reject,
      });
    });
    return delimiter;
  } finally {
    await chunks.return();
  }
}

/** The delimiter that cuts the first row into the most cells. */
function delimiterOf(text: string): string {
  const cellsBy = (delimiter: string) =>
    Papa.parse<string[]>(text, { delimiter, newline: "\n", preview: 1 }).data[0]?.length ?? 0;
  return delimiters.reduce((best, candidate) => (cellsBy(candidate) > cellsBy(best) ? candidate : best));
}

/** Knows on which line of the file each row begins, which the parser does not say. */
class RowCounter {
  readonly #path: string;
  readonly #onRow: RowListener;
  #line = 1;
  #charactersSinceRow = 0;

  constructor(path: string, onRow: RowListener) {
    this.#path = path;
    this.#onRow = onRow;
  }

  /** @throws DataError when no row has come for so long that the parser would take the rest of the file for one */
  async *watch(start: string, rest: AsyncGenerator<string, void, undefined>): AsyncGenerator<string> {
    yield start;
    for await (const chunk of rest) {
      this.#charactersSinceRow += chunk.length;
      if (this.#charactersSinceRow > longestRow) this.#failAt(this.#line, "Its row has no end: a quote is not closed.");
      yield chunk;
    }
  }

  take(rows: readonly string[][], errors: readonly Papa.ParseError[]): void {
    const failure = errors.find(({ type }) => type === "Quotes");
    for (const [index, cells] of rows.entries()) {
      // Not one after all the rows: that row is parsed again with the next chunk, and may then be right.
      if (failure?.row === index) this.#fail(failure);
      const line = this.#line;
      this.#line += 1 + cells.reduce((count, cell) => count + lineFeedsIn(cell), 0);
      if (cells.length > 1 || cells[0]?.trim() !== "") this.#onRow(cells, line);
    }
    if (rows.length > 0) this.#charactersSinceRow = 0;
  }

  #fail({ code }: Papa.ParseError): never {
    if (code === "MissingQuotes") this.#failAt(this.#line, "A quote is opened here and not closed.");
    const mend = 'Write a quote inside of it twice: "5"" disc".';
    this.#failAt(this.#line, `A quoted cell goes on after its closing quote. ${mend}`);
  }

  #failAt(line: number, what: string): never {
    throw new DataError(`${this.#path}, line ${line}: ${what}`, [line]);
  }
}

function lineFeedsIn(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf("\n"); at >= 0; at = cell.indexOf("\n", at + 1)) count++;
  return count;
}
