import type { CompareRegimesOptions, RegimeComparison } from "rivulet";
import { isReplaceable, writeText } from "./output-file.ts";

/** In ms: the disk is not to be busy all the time. */
const writeEvery = 5000;

/** A file, and what of a comparison stands in it. */
export interface ResultFile {
  readonly path: string;
  readonly render: (comparison: RegimeComparison) => string;
}

/**
 * Writes a comparison as it stands into the files that it will be in, at the end of a run every few seconds: a process that
 * is killed leaves what was measured. Once the signal aborts they are written at once, since an impatient user ends it then.
 */
export function partialResults(
  files: readonly ResultFile[],
  signal: AbortSignal,
): NonNullable<CompareRegimesOptions["onRunEnd"]> {
  let writtenAt = -Infinity;
  return async (soFar) => {
    if (!signal.aborted && performance.now() - writtenAt < writeEvery) return;
    // A pipe or a terminal is to get the result alone.
    const areReplaceable = await Promise.all(files.map(({ path }) => isReplaceable(path)));
    const replaceable = files.filter((_, index) => areReplaceable[index]);
    if (replaceable.length === 0) return;
    const comparison = await soFar();
    // Whether one can be written was found out at the start; the end will say what has changed.
    for (const { path, render } of replaceable) await writeText(path, render(comparison)).catch(() => {});
    writtenAt = performance.now();
  };
}
