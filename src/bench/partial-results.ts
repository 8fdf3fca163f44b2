import type { CompareRegimesOptions, RegimeComparison } from "rivulet";
import { isReplaceable, writeText } from "./output-file.ts";

/** In ms: the disk is not to be busy all the time. */
const writeEvery = 5000;

/**
 * Writes a comparison as it stands into the file that it will be in, at the end of a run every few seconds: a process that is
 * killed leaves what was measured. Once the signal aborts it is written at once, since an impatient user ends it then.
 *
 * @param render what stands in the file
 */
export function partialResults(
  path: string,
  render: (comparison: RegimeComparison) => string,
  signal: AbortSignal,
): NonNullable<CompareRegimesOptions["onRunEnd"]> {
  let writtenAt = -Infinity;
  return async (soFar) => {
    if (!signal.aborted && performance.now() - writtenAt < writeEvery) return;
    // A pipe or a terminal is to get the result alone.
    if (!(await isReplaceable(path))) return;
    const text = render(await soFar());
    // Whether it can be written was found out at the start; the end will say what has changed.
    await writeText(path, text).catch(() => {});
    writtenAt = performance.now();
  };
}
