import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { DataError } from "../errors.ts";

/** Bytes that are read at once: large enough that the passing on costs nothing, small enough for any memory. */
const chunkSize = 2 ** 18;

const lineFeed = 10;
const lineReturn = 13;

/**
 * A file's text, part by part, without a byte-order mark, its lines ending in a line feed.
 *
 * @param onRead takes how many bytes have been read
 * @throws DataError if it holds what no text does, a zero byte, or, with the line, what is no UTF-8; what the file system
 * says where it cannot be read
 */
export async function* textChunks(
  path: string,
  signal?: AbortSignal,
  onRead?: (bytes: number) => void,
): AsyncGenerator<string, void, undefined> {
  const stream = createReadStream(path, { highWaterMark: chunkSize, signal });
  const decoder = new LineDecoder(path);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    onRead?.(stream.bytesRead);
    if (chunk.includes(0)) {
      const mend = "Save it as CSV in UTF-8: spreadsheets, archives and UTF-16 are not read.";
      throw new DataError(`${path} is not plain text: it holds a zero byte. ${mend}`);
    }
    yield decoder.decode(chunk);
  }
  decoder.end();
}

/** Decodes UTF-8 that is cut anywhere, and knows in which line it is. */
class LineDecoder {
  readonly #path: string;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #lineEnd: number | undefined;
  #linesBefore = 0;
  /** The bytes of the line that is not over, as far as the last chunk has them: they may end inside of a character. */
  #begun: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#path = path;
  }

  decode(chunk: Buffer): string {
    // Spreadsheets on a Mac still write "CSV (Macintosh)", which knows no line feeds. Pairs of both are left to the parser.
    this.#lineEnd ??= chunk.includes(lineReturn) && !chunk.includes(lineFeed) ? lineReturn : lineFeed;
    let text: string;
    try {
      text = this.#decoder.decode(chunk, { stream: true });
    } catch {
      throw this.#fault(Buffer.concat([this.#begun, chunk]));
    }
    const lastEnd = chunk.lastIndexOf(this.#lineEnd);
    this.#begun = chunk.subarray(lastEnd + 1);
    this.#linesBefore += countOf(this.#lineEnd, chunk);
    return this.#lineEnd === lineReturn ? text.replaceAll("\r", "\n") : text;
  }

  /** @throws DataError if the last character is not whole */
  end(): void {
    try {
      this.#decoder.decode();
    } catch {
      throw this.#fault(this.#begun);
    }
  }

  #fault(bytes: Buffer): DataError {
    const line = this.#linesBefore + 1 + linesUntilFault(bytes, this.#lineEnd ?? lineFeed);
    const mend = "Save it as CSV in UTF-8, as editors and spreadsheets can.";
    return new DataError(`${this.#path}, line ${line}: there are bytes that are no text in UTF-8. ${mend}`, [line]);
  }
}

/** How many lines end before the first bytes that are no UTF-8. */
function linesUntilFault(bytes: Buffer, lineEnd: number): number {
  // A line that began before these bytes may have been cut inside of a character, whose rest is 10…… in binary.
  let start = bytes.findIndex((byte) => byte >> 6 !== 0b10);
  if (start < 0 || start > 3) start = 0;
  let lines = 0;
  for (;;) {
    const end = bytes.indexOf(lineEnd, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return lines;
    lines++;
    start = end + 1;
  }
}

function countOf(byte: number, bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}
