/**
 * The other half of `JobWorkers`: runs jobs in a process of its own, one at a time.
 */
import { runJob as runJobHere, type JobOutcome, type RegimeJob } from "rivulet";
import { isStopMessage, type WorkerNews } from "./worker-messages.ts";

const stopped = new AbortController();

/** Runs a job, and tells of it as it goes. */
export async function runJob(job: RegimeJob): Promise<JobOutcome> {
  return runJobHere(job, {
    signal: stopped.signal,
    onProgress: (share) => tell({ kind: "progress", share }),
    onPoint: (point) => tell({ kind: "point", point }),
  });
}

function tell(news: WorkerNews): void {
  process.send?.(news);
}

// The pool's own messages come by here too.
process.on("message", (message) => {
  if (isStopMessage(message)) stopped.abort();
});

// Whoever would hear of the job has died: else it would be run to its end for nobody.
process.on("disconnect", () => process.exit());

// A terminal sends Ctrl-C to the whole group, and its end too: the process that started this one says when it is over.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
