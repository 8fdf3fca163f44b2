import type { JobOutcome } from "./job.ts";
import { curveOf, type CurvePoint } from "./run-point.ts";

/** An outcome for what cannot be run any more. */
export const notRun: JobOutcome = {
  status: "stopped",
  reason: "It was interrupted before it began.",
  compiled: null,
  curve: curveOf([]),
  weights: [],
  gradientNoise: { start: null, end: null },
  warmUpSeconds: 0,
  tracingSeconds: 0,
  stepsPerSecond: null,
};

/** Called when a job has ended, with the outcomes of all, `notRun` for those that have not, and awaited. */
export type OnEnd = (outcomes: readonly JobOutcome[]) => Promise<unknown>;

/** How jobs are run. */
interface RunAllOptions {
  /** At a time. */
  readonly workers: number;
  readonly signal: AbortSignal | undefined;
  readonly onEnd?: OnEnd | undefined;
}

/**
 * Runs jobs in their order, so many at a time. A job that rejects is an outcome that failed; once the signal aborts, those
 * that have not begun are outcomes that were stopped.
 *
 * @returns the outcomes, in the jobs' order
 */
export async function runAll<Job>(
  jobs: readonly Job[],
  run: (job: Job, index: number) => Promise<JobOutcome>,
  { workers, signal, onEnd }: RunAllOptions,
): Promise<JobOutcome[]> {
  const outcomes: JobOutcome[] = jobs.map(() => notRun);
  const waiting = jobs.entries();
  const work = async (): Promise<void> => {
    for (const [index, job] of waiting) {
      if (signal?.aborted === true) return;
      outcomes[index] = await run(job, index).catch((error: unknown) => failed(error, signal));
      await onEnd?.([...outcomes]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
  return outcomes;
}

/** An outcome for a job that rejected. @param points what it told before */
export function failed(
  error: unknown,
  signal: AbortSignal | undefined,
  points: readonly CurvePoint[] = [],
): JobOutcome {
  const had = { ...notRun, curve: curveOf(points) };
  if (signal?.aborted === true) return { ...had, reason: "It was interrupted." };
  return { ...had, status: "failed", reason: error instanceof Error ? error.message : String(error) };
}
