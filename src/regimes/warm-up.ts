import type { Callback, TrainingRun } from "../callbacks/callback.ts";
import { DivergenceError } from "../errors.ts";
import { realBatchSize, type RegimeJob, type Rows } from "./job.ts";
import { buildNetwork } from "./network.ts";
import { makeRule } from "./rules.ts";

/** In ms: how long it takes at least, as long as the engine's compilers may have something left to do. */
const shortest = 150;

/** In ms: after so much of it on a backend, in this process, they have seen every kind of step some thousand times. */
const enough = 1500;

const spent = new Map<string, number>();

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
  const { backend } = job.regime;
  const before = spent.get(backend) ?? 0;
  const until = new Until(before < enough ? start + shortest : start, signal);
  const options = { loss: job.network.loss, optimizer, batchSize, compile, callbacks: [until], verbose: 0 } as const;
  try {
    await model.fit(x, y, { ...options, epochs: Number.MAX_SAFE_INTEGER });
  } catch (error) {
    // The run itself will say it.
    if (!(error instanceof DivergenceError)) throw error;
  }
  const elapsed = performance.now() - start;
  spent.set(backend, before + elapsed);
  return elapsed / 1000;
}

/** Ends a run at the end of an epoch, once it is time and every shape was met often enough. */
class Until implements Callback {
  readonly #time: number;
  readonly #signal: AbortSignal | undefined;
  #run: TrainingRun | undefined;

  constructor(time: number, signal: AbortSignal | undefined) {
    this.#time = time;
    this.#signal = signal;
  }

  onTrainBegin(run: TrainingRun): void {
    this.#run = run;
  }

  onEpochEnd(epoch: number): void {
    const isTime = performance.now() > this.#time && epoch + 1 >= fewestEpochs;
    if (isTime || this.#signal?.aborted === true) this.#run?.stop();
  }
}

function firstOf({ values, shape }: Rows, count: number): Rows {
  const [total = 1, ...rest] = shape;
  return { values: values.subarray(0, (count * values.length) / total), shape: [count, ...rest] };
}
