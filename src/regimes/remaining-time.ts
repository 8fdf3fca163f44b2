import type { Budget } from "./comparison.ts";
import { realBatchSize, type RegimeJob } from "./job.ts";

/** How far a comparison is. */
export interface ComparisonProgress {
  /** What is being done: the runs, or after them the slice of the loss. `share` and `secondsLeft` are of that alone. */
  readonly phase: "runs" | "slice";
  /** Runs that have ended, those of the search for learning rates too. */
  readonly done: number;
  readonly total: number;
  /** The share that is done, from 0 to 1, by the time that it is expected to take. */
  readonly share: number;
  /** In seconds, an estimate. */
  readonly secondsLeft: number;
  /** What began last, `"batch 32, momentum 0.9, repeat 2 of 3"`, `"the loss around the paths"`. */
  readonly running: string;
}

/** In seconds: what a run takes beside its steps, as long as nothing is known: warming up, measuring. */
const besideSteps = 0.4;

/** In seconds: what a step takes as long as nothing is known. */
const firstGuess = 0.0005;

interface Entry {
  readonly steps: number;
  /** Seconds that the budget asks for by itself. */
  readonly asked: number;
  share: number;
  startedAt: number | undefined;
  seconds: number | undefined;
}

/** Estimates what the jobs that are left will take, from those that are done. */
export class RemainingTime {
  readonly #entries: Entry[];
  readonly #workers: number;

  constructor(jobs: readonly RegimeJob[], workers: number) {
    this.#workers = workers;
    this.#entries = jobs.map((job) => ({ ...workOf(job), share: 0, startedAt: undefined, seconds: undefined }));
  }

  begin(job: number): void {
    const entry = this.#entries[job];
    if (entry !== undefined) entry.startedAt = performance.now();
  }

  advance(job: number, share: number): void {
    const entry = this.#entries[job];
    if (entry !== undefined) entry.share = share;
  }

  end(job: number): void {
    const entry = this.#entries[job];
    if (entry !== undefined) entry.seconds = (performance.now() - (entry.startedAt ?? NaN)) / 1000;
  }

  get done(): number {
    return this.#entries.filter(({ seconds }) => seconds !== undefined).length;
  }

  /** In seconds. */
  get left(): number {
    const perStep = this.#secondsPerStep();
    const left = this.#entries.map((entry) => {
      if (entry.seconds !== undefined) return 0;
      return (1 - entry.share) * expected(entry, perStep);
    });
    return left.reduce((sum, seconds) => sum + seconds, 0) / this.#workers;
  }

  /** Of the whole, by the time that it takes. */
  get share(): number {
    const perStep = this.#secondsPerStep();
    const whole = this.#entries.reduce((sum, entry) => sum + expected(entry, perStep), 0) / this.#workers;
    return Math.min(1, Math.max(0, 1 - this.left / whole));
  }

  #secondsPerStep(): number {
    const done = this.#entries.filter(({ seconds }) => seconds !== undefined);
    const steps = done.reduce((sum, entry) => sum + entry.steps, 0);
    const seconds = done.reduce((sum, entry) => sum + Math.max(0, (entry.seconds ?? 0) - besideSteps - entry.asked), 0);
    // A few steps only say what recording them takes.
    return steps < 1000 ? firstGuess : seconds / steps;
  }
}

function expected({ seconds, steps, asked }: Entry, perStep: number): number {
  return seconds ?? besideSteps + asked + steps * perStep;
}

function workOf({ budget, regime, training }: RegimeJob): Pick<Entry, "steps" | "asked"> {
  const [samples = 1] = training.x.shape;
  const batch = realBatchSize(regime.batchSize, samples);
  return { steps: stepsOf(budget, samples, batch), asked: budget.unit === "seconds" ? budget.amount : 0 };
}

function stepsOf({ unit, amount }: Budget, samples: number, batch: number): number {
  return { epochs: amount * Math.ceil(samples / batch), steps: amount, samples: amount / batch, seconds: 0 }[unit];
}
