import type { JobOutcome, RegimeJob, RunJob } from "./job.ts";
import type { ComparisonSettings } from "./options.ts";
import { RemainingTime } from "./remaining-time.ts";
import { runAll } from "./run-all.ts";
import { runJob as runJobHere } from "./run-job.ts";

/** A job, and what progress calls it. */
export interface NamedJob {
  readonly job: RegimeJob;
  readonly name: string;
}

/** Runs a comparison's jobs, here or by whoever was given, and tells how far they are. */
export class JobRunner {
  readonly #settings: Pick<ComparisonSettings, "signal" | "onProgress" | "workers">;
  readonly #run: RunJob;
  readonly #time: RemainingTime;
  readonly #total: number;
  #begun = 0;
  #running = "";

  /** @param all jobs that there will be, for the estimate: some may turn out otherwise, but none more or less */
  constructor(settings: ComparisonSettings, all: readonly NamedJob[]) {
    this.#settings = settings;
    this.#run = settings.runJob ?? runJobHere;
    this.#time = new RemainingTime(
      all.map(({ job }) => job),
      settings.workers,
    );
    this.#total = all.length;
  }

  /** @returns the outcomes, in the jobs' order */
  async run(jobs: readonly NamedJob[]): Promise<JobOutcome[]> {
    const first = this.#begun;
    this.#begun += jobs.length;
    return runAll(jobs, async (named, index) => this.#runOne(named, first + index), this.#settings);
  }

  async #runOne({ job, name }: NamedJob, index: number): Promise<JobOutcome> {
    this.#time.begin(index);
    this.#running = name;
    this.#tell();
    const onProgress = (share: number) => {
      this.#time.advance(index, share);
      this.#tell();
    };
    try {
      return await this.#run(job, { signal: this.#settings.signal, onProgress });
    } finally {
      this.#time.end(index);
      this.#tell();
    }
  }

  #tell(): void {
    // What is left will not be done.
    if (this.#settings.signal?.aborted === true) return;
    const { done, share, left: secondsLeft } = this.#time;
    this.#settings.onProgress?.({ done, total: this.#total, share, secondsLeft, running: this.#running });
  }
}
