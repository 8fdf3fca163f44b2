import type { Turn } from "./interleave.ts";
import type { JobHooks, JobOutcome, RegimeJob, RunJob } from "./job.ts";
import type { ComparisonSettings } from "./options.ts";
import { RemainingTime, type ComparisonProgress } from "./remaining-time.ts";
import { failed, runAll, type OnEnd } from "./run-all.ts";
import { runJob as runJobHere } from "./run-job.ts";
import type { CurvePoint } from "./run-point.ts";

/** A job, and what progress calls it. */
export interface NamedJob {
  readonly job: RegimeJob;
  readonly name: string;
  /** Undefined for one of the search for learning rates, whose points nobody is told of. */
  readonly turn: Turn | undefined;
}

/** Runs a comparison's jobs, here or by whoever was given, and tells how far they are. */
export class JobRunner {
  readonly #settings: Pick<ComparisonSettings, "signal" | "onProgress" | "onPoint" | "runJob" | "workers">;
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
  async run(jobs: readonly NamedJob[], onEnd?: OnEnd): Promise<JobOutcome[]> {
    const first = this.#begun;
    this.#begun += jobs.length;
    return runAll(jobs, async (named, index) => this.#runOne(named, first + index), { ...this.#settings, onEnd });
  }

  /** How many have ended, of how many. */
  get counts(): Pick<ComparisonProgress, "done" | "total"> {
    return { done: this.#time.done, total: this.#total };
  }

  async #runOne({ job, name, turn }: NamedJob, index: number): Promise<JobOutcome> {
    this.#time.begin(index);
    this.#running = name;
    this.#tell();
    const { signal } = this.#settings;
    const heard: CurvePoint[] = [];
    const onProgress = (share: number) => {
      this.#time.advance(index, share);
      this.#tell();
    };
    try {
      return await this.#run(job, { signal, onProgress, ...this.#listener(turn, heard) });
    } catch (error) {
      return failed(error, signal, heard);
    } finally {
      this.#time.end(index);
      this.#tell();
    }
  }

  /** Nothing where nobody listens. What runs elsewhere may die, and then its points are all that there is of it. */
  #listener(turn: Turn | undefined, heard: CurvePoint[]): Pick<JobHooks, "onPoint"> {
    const { runJob, onPoint } = this.#settings;
    if (turn === undefined || (onPoint === undefined && runJob === undefined)) return {};
    return {
      onPoint(point) {
        if (runJob !== undefined) heard.push(point);
        onPoint?.({ ...turn, ...point });
      },
    };
  }

  #tell(): void {
    // What is left will not be done.
    if (this.#settings.signal?.aborted === true) return;
    const { share, left: secondsLeft } = this.#time;
    this.#settings.onProgress?.({ ...this.counts, phase: "runs", share, secondsLeft, running: this.#running });
  }
}
