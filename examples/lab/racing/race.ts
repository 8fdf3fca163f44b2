import * as tf from "@tensorflow/tfjs-core";
import {
  builtInProblem,
  compareRegimes,
  isDeviceLost,
  runJob,
  type ComparisonProgress,
  type CurvePoint,
  type JobHooks,
  type RegimeJob,
} from "rivulet";
import { faultOf } from "../training/fault.ts";
import { startBackend } from "../training/start-backend.ts";
import type { Lane, RaceEvent } from "./messages.ts";
import { optionsOf, type RaceTask } from "./task.ts";

/** An event without what is the same in all of a race. */
type News<Event = RaceEvent> = Event extends RaceEvent ? Omit<Event, "turn" | "tensors"> : never;

export interface RaceOptions {
  readonly turn: number;
  readonly tell: (event: RaceEvent) => void;
  /** Ends it early, from either side. */
  readonly abort: AbortController;
  /** Where a page serves the `.wasm` files; undefined in Node. */
  readonly wasmFolder: string | undefined;
}

/** Between two reports of progress, in ms: what was measured meanwhile comes with the next one. */
const reportEvery = 50;

/** One race, from starting its backend to its result. Never rejects: what goes wrong is told. */
export async function race(task: RaceTask, options: RaceOptions): Promise<void> {
  await new Race(task, options).run();
}

class Race {
  readonly #task: RaceTask;
  readonly #options: RaceOptions;
  #lane: Lane | undefined;
  #laneShare = 0;
  #lost: string | undefined;
  #points: CurvePoint[] = [];
  #reportedAt = -Infinity;
  #reportedPhase: ComparisonProgress["phase"] = "runs";

  constructor(task: RaceTask, options: RaceOptions) {
    this.#task = task;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { abort, wasmFolder } = this.#options;
    try {
      const { name, gpu, threads, precision } = await startBackend(this.#task.backend, wasmFolder);
      this.#tell({ kind: "begun", running: { name, gpu, threads, precision } });
      const comparison = await compareRegimes(await builtInProblem(this.#task.problem), {
        ...optionsOf(this.#task),
        signal: abort.signal,
        onProgress: (progress) => this.#report(progress),
        onPoint: (point) => this.#points.push(point),
        runJob: async (job, hooks) => this.#runOne(job, hooks),
      });
      this.#tell({ kind: "ended", comparison, lost: this.#lost });
    } catch (error) {
      this.#tell({ kind: "fault", fault: faultOf(error) });
    }
  }

  /** Runs a job as the library would by itself, and tells of its curve at once. */
  async #runOne(job: RegimeJob, { onProgress, ...hooks }: JobHooks) {
    const { batchSize, momentum } = job.regime;
    const lane = { batchSize, momentum, repeat: job.seed - this.#task.seed };
    [this.#lane, this.#laneShare, this.#points] = [lane, 0, []];
    const outcome = await runJob(job, {
      ...hooks,
      onProgress: (share) => {
        this.#laneShare = share;
        onProgress?.(share);
      },
    });
    const { status, reason, curve } = outcome;
    this.#tell({ kind: "run", run: { ...lane, status, reason, curve } });
    this.#points = [];
    if (status === "failed" && isDeviceLost()) await this.#endAfterLoss(reason ?? "");
    return outcome;
  }

  /** What is left would fail all the same; what was measured can still be drawn, by a backend that has no device to lose. */
  async #endAfterLoss(reason: string): Promise<void> {
    this.#lost = reason;
    this.#options.abort.abort();
    await startBackend("cpu", this.#options.wasmFolder);
  }

  #report({ phase, done, total, share, secondsLeft }: ComparisonProgress): void {
    const now = performance.now();
    // That the loss around the paths begins to be computed always comes through.
    const isDue = phase !== this.#reportedPhase || now - this.#reportedAt >= reportEvery;
    if (this.#lane === undefined || !isDue) return;
    [this.#reportedAt, this.#reportedPhase] = [now, phase];
    const progress = { phase, done, total, share, secondsLeft, lane: this.#lane, laneShare: this.#laneShare };
    this.#tell({ kind: "progress", progress, points: this.#points });
    this.#points = [];
  }

  #tell(news: News): void {
    // Not from tf.memory(), which has tfjs try every backend it knows of where none runs.
    this.#options.tell({ ...news, turn: this.#options.turn, tensors: tf.engine().state.numTensors });
  }
}
