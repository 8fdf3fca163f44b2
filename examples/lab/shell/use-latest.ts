import { useEffect, useState } from "preact/hooks";

/**
 * What a computation came to, of the latest inputs for which it has ended; undefined before the first one has.
 *
 * @param compute is told by the signal that nobody waits for it any more
 * @param inputs compared one by one; when one changes, it is computed anew
 */
export function useLatest<Result>(
  compute: (whileWanted: AbortSignal) => Promise<Result | undefined>,
  inputs: readonly unknown[],
): Result | undefined {
  const [result, setResult] = useState<Result>();
  useEffect(() => {
    const controller = new AbortController();
    void (async () => {
      const computed = await compute(controller.signal);
      if (!controller.signal.aborted && computed !== undefined) setResult(() => computed);
    })();
    return () => controller.abort();
  }, inputs);
  return result;
}
