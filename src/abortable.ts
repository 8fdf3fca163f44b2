/**
 * Waits for what may never come, but no longer than until the signal aborts. The work itself is not ended.
 *
 * @throws the signal's reason; whatever the work throws
 */
export async function orAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    // Listened to in any case: Node ends a process in which a promise is rejected that nobody listens to.
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
