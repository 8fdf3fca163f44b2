import { createReadStream } from "node:fs";
import { DataError } from "../errors.ts";

/** Bytes that are read at once: large enough that the passing on costs nothing, small enough for any memory. */
const chunkSize = 2 ** 18;

/**
 * A file's text, part by part, without a byte-order mark, its lines ending in a line feed.
 *
 * @param onRead takes how many bytes have been read
 * @throws DataError if it holds what no text does: a zero byte; what the file system says where it cannot be read
 */
export async function* textChunks(
  path: string,
  signal?: AbortSignal,
  onRead?: (bytes: number) => void,
): AsyncGenerator<string, void, undefined> {
  const stream = createReadStream(path, { encoding: "utf8", highWaterMark: chunkSize, signal });
  let isFirst = true;
  let endsInReturns = false;
  for await (const chunk of stream as AsyncIterable<string>) {
    onRead?.(stream.bytesRead);
    if (chunk.includes("\0")) {
      const mend = "Save it as CSV in UTF-8: spreadsheets, archives and UTF-16 are not read.";
      throw new DataError(`${path} is not plain text: it holds a zero byte. ${mend}`);
    }
    // Spreadsheets on a Mac still write "CSV (Macintosh)", which knows no line feeds. Pairs of both are left to the parser.
    if (isFirst) endsInReturns = chunk.includes("\r") && !chunk.includes("\n");
    const text = isFirst ? chunk.replace(/^\uFEFF/, "") : chunk;
    isFirst = false;
    yield endsInReturns ? text.replaceAll("\r", "\n") : text;
  }
}
