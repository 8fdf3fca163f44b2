import { fileURLToPath } from "node:url";
import type { JobOutcome, RunJob } from "rivulet";
import { Tinypool } from "tinypool";

/**
 * Processes that run jobs, each one at a time. Not threads: a native binding is made for one, and a process that dies, for
 * want of memory or by its binding, takes only its own job with it. The pool starts another in its place.
 */
export class JobWorkers {
  readonly #pool: Tinypool;

  constructor(count: number) {
    this.#pool = new Tinypool({
      filename: fileURLToPath(import.meta.resolve("./worker.js")),
      runtime: "child_process",
      serialization: "advanced",
      minThreads: 0,
      maxThreads: count,
      env: inheritedEnvironment(),
    });
  }

  /** Rejects where the process dies, or the signal aborts. */
  readonly run: RunJob = async (job, { signal }) => {
    try {
      return (await this.#pool.run(job, { name: "runJob", ...(signal && { signal }) })) as JobOutcome;
    } catch (error) {
      const isDeath = error instanceof Error && error.message === "Worker exited unexpectedly";
      throw isDeath ? new Error("The process that ran it died.", { cause: error }) : error;
    }
  };

  /** Ends the processes. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

function inheritedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return Object.fromEntries(entries) as Record<string, string>;
}
