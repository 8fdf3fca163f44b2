import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { SingleBar } from "cli-progress";
import { cutTo } from "./text-width.ts";

/** Shows how far the reading of a file is. */
export interface ReadingBar {
  /** @param bytes read since the file was opened */
  readonly advance: (bytes: number) => void;
  /** Leaves the line as it was before. */
  readonly stop: () => void;
}

/** Bytes from which on a file takes long enough to wonder whether anything goes on: a second on a slow machine. */
const large = 2 ** 23;

/** A bar on the error stream, where that is a terminal and the file is large; else nothing. */
export async function startReadingBar(path: string): Promise<ReadingBar> {
  // Of a pipe it is 0. A bar draws nothing by itself where there is no terminal.
  const { size } = await stat(path);
  if (size < large) return { advance() {}, stop() {} };
  const bar = new SingleBar({
    format: "reading {name} {bar} {percentage}%  {eta_formatted} left",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 20,
    clearOnComplete: true,
    // Else it turns the terminal's line wrap off, and Ctrl-C leaves it so. Too long a line it cuts by itself.
    linewrap: true,
    hideCursor: null,
  });
  bar.start(size, 0, { name: cutTo(30, basename(path)) });
  return { advance: (bytes) => bar.update(bytes), stop: () => bar.stop() };
}
