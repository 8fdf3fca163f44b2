/** So many parts, epochs or steps, of a training that goes on from call to call. */
export type Way = (parts: number) => Promise<void>;

/**
 * A training that waits for its turn between two of its parts: what comes once, as tracing does, is not in every round.
 *
 * @param start begins it, to run for ever, and calls at each part's end
 */
export function inTurns(start: (onPartEnd: () => Promise<void>) => Promise<unknown>): Way {
  let left = 0;
  let done = () => {};
  let goOn = () => {};
  let run: Promise<unknown> | undefined;
  const onPartEnd = async () => {
    if (--left > 0) return;
    await new Promise<void>((resolve) => {
      goOn = resolve;
      done();
    });
  };
  return async (parts) => {
    left = parts;
    const ended = new Promise<void>((resolve) => (done = resolve));
    if (run === undefined) run = start(onPartEnd);
    else goOn();
    await Promise.race([ended, run]);
  };
}
