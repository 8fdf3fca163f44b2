/** What a build goes by from its first step to its last. */
export interface Progress {
  /** Tells the user one line. */
  readonly say: (line: string) => void;
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
}

/**
 * One step of a build: a line that says what begins, the work, and a line with what came of it and how long it took.
 *
 * @param outcome what to say of the result
 */
export async function step<Result>(
  { say, signal }: Progress,
  title: string,
  work: () => Promise<Result>,
  outcome: (result: Result) => string,
): Promise<Result> {
  signal.throwIfAborted();
  say(`${title} …`);
  const start = performance.now();
  const result = await work();
  say(`  ${outcome(result)}, ${seconds(start)}.`);
  return result;
}

/** The time since `start` of `performance.now()`, `"12 s"`. */
export function seconds(start: number): string {
  return `${Math.max(1, Math.round((performance.now() - start) / 1000))} s`;
}

/** `274 MB`, in the megabytes of a million bytes that disks are sold by. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
