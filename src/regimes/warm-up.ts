import type { Callback, TrainingRun } from "../callbacks/callback.ts";
import { DivergenceError } from "../errors.ts";
import { realBatchSize, type RegimeJob, type Rows } from "./job.ts";
import { buildNetwork } from "./network.ts";
import { makeRule } from "./rules.ts";

/** In ms: how long it takes at least, as the engine's compilers want some thousand steps. */
const shortest = 150;

/** Epochs after which every shape was traced twice and has run compiled. */
const fewestEpochs = 3;

/** So small a rate leaves the weights where they are: what diverges does so in the run itself. */
const hardlyAnyRate = 1e-12;

/**
 * Takes a few steps on a throw-away copy of what a job will train, from the same seed and in batches of the same shapes, so
 * that the engine has compiled its code, and a GPU its shaders, before anything is timed. Steps are recorded anew in each
 * run; that is timed there.
 *
 * @returns the seconds that it took
 */
export async function warmUp(job: RegimeJob, signal: AbortSignal | undefined): Promise<number> {
  const start = performance.now();
  using model = buildNetwork(job.network, job.seed);
  using optimizer = makeRule(job.rule, job.regime);
  optimizer.learningRate = hardlyAnyRate;
  const { batchSize, compile } = job.regime;
  const [total] = job.training.x.shape as readonly [number];
  const size = realBatchSize(batchSize, total);
  // Two whole batches, and the smaller last one of an epoch if there is one.
  const count = Math.min(total, 2 * size + (total % size));
  const [x, y] = [firstOf(job.training.x, count), firstOf(job.training.y, count)];
  const enough = new Enough(start, signal);
  const options = { loss: job.network.loss, optimizer, batchSize, compile, callbacks: [enough], verbose: 0 } as const;
  try {
    await model.fit(x, y, { ...options, epochs: Number.MAX_SAFE_INTEGER });
  } catch (error) {
    // The run itself will say it.
    if (!(error instanceof DivergenceError)) throw error;
  }
  return (performance.now() - start) / 1000;
}

class Enough implements Callback {
  readonly #start: number;
  readonly #signal: AbortSignal | undefined;
  #run: TrainingRun | undefined;

  constructor(start: number, signal: AbortSignal | undefined) {
    this.#start = start;
    this.#signal = signal;
  }

  onTrainBegin(run: TrainingRun): void {
    this.#run = run;
  }

  onEpochEnd(epoch: number): void {
    const isLong = performance.now() - this.#start > shortest && epoch + 1 >= fewestEpochs;
    if (isLong || this.#signal?.aborted === true) this.#run?.stop();
  }
}

function firstOf({ values, shape }: Rows, count: number): Rows {
  const [total = 1, ...rest] = shape;
  return { values: values.subarray(0, (count * values.length) / total), shape: [count, ...rest] };
}
