import { fileURLToPath } from "node:url";
import type { JobOutcome, RunJob } from "rivulet";
import { Tinypool } from "tinypool";
import { JobLine } from "./job-line.ts";

/**
 * Processes that run jobs, each one at a time. Not threads: a native binding is made for one, and a process that dies, for
 * want of memory or by its binding, takes only its own job with it. The pool starts another in its place.
 */
export class JobWorkers {
  readonly #pool: Tinypool;
  readonly #lines = new Set<JobLine>();

  constructor(count: number) {
    this.#pool = new Tinypool({
      filename: fileURLToPath(import.meta.resolve("./worker.js")),
      runtime: "child_process",
      serialization: "advanced",
      minThreads: 0,
      maxThreads: count,
      env: inheritedEnvironment(),
    });
    this.#pool.on("error", this.#giveUpWaiting);
  }

  /**
   * Where the signal aborts, the job ends with what was measured so far. Rejects where its process dies, or is killed for
   * not ending the job in time.
   */
  readonly run: RunJob = async (job, hooks) => {
    using line = new JobLine(hooks);
    this.#lines.add(line);
    try {
      const options = { name: "runJob", channel: line.channel, signal: line.givenUp };
      return (await this.#pool.run(job, options)) as JobOutcome;
    } catch (error) {
      throw isDeath(error) || line.givenUp.aborted
        ? new Error("The process that ran it died.", { cause: error })
        : error;
    } finally {
      this.#lines.delete(line);
    }
  };

  /** Ends the processes. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /**
   * A process that had no job has died. Between two jobs that costs nothing; but for one that dies while it starts the pool
   * starts no other, and the job that waited for it would wait for ever.
   */
  readonly #giveUpWaiting = (): void => {
    const waiting = [...this.#lines].find(({ isConnected }) => !isConnected);
    waiting?.giveUp();
  };
}

function isDeath(error: unknown): boolean {
  return error instanceof Error && error.message === "Worker exited unexpectedly";
}

function inheritedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return Object.fromEntries(entries) as Record<string, string>;
}
