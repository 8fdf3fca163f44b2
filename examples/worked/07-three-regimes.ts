/**
 * W7. The training loop: draw a batch, forward, loss, backward, update. Batch, mini-batch and stochastic descent are this
 * one loop with batches of another size: exact steps, each of which has gone through all samples, against many rough ones.
 *
 *     batch: all samples,   stochastic: 1,   mini-batch: between
 */
import { RandomStream, Sequential, traceBackprop, trainStep } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { flat } from "./numbers.ts";
import { page, round, table } from "./page.ts";

export const title = "W7  The training loop and its three regimes";

const seed = 7;
const sampleCount = 512;
export const learningRate = 0.1;

/** Noisy samples of y = 3 x + 2, x in [−1, 1): the same for every regime. */
export function samples(): { readonly x: number[][]; readonly y: number[][] } {
  const random = new RandomStream(seed, "samples");
  const x = Array.from({ length: sampleCount }, () => 2 * random.uniform() - 1);
  const y = x.map((value) => 3 * value + 2 + (2 * random.uniform() - 1));
  return { x: x.map((value) => [value]), y: y.map((value) => [value]) };
}

/** The samples' order in an epoch, drawn at random, and cut into batches. */
export function drawBatches(epoch: number, batchSize: number): number[][] {
  const order = [...new RandomStream(seed, "order", epoch).permutation(sampleCount)];
  const count = Math.ceil(sampleCount / batchSize);
  return Array.from({ length: count }, (_, index) => order.slice(index * batchSize, (index + 1) * batchSize));
}

/** A line, ŷ = w x + b, that starts flat: the same start for every regime. The caller disposes of it. */
export function line(): Sequential {
  return new Sequential([new Dense({ units: 1, kernelInitializer: "zeros" })], { inputShape: [1] });
}

function choose(data: { readonly x: number[][]; readonly y: number[][] }, batch: readonly number[]) {
  return { x: batch.map((index) => data.x[index] ?? []), y: batch.map((index) => data.y[index] ?? []) };
}

/** The loop. Yields after every step. */
export async function* steps(model: Sequential, batchSize: number): AsyncGenerator<void> {
  const data = samples();
  const optimizer = new SGD({ learningRate });
  for (let epoch = 0; ; epoch++) {
    for (const batch of drawBatches(epoch, batchSize)) {
      const { x, y } = choose(data, batch);
      trainStep(model, x, y, { loss: "meanSquaredError", optimizer }).dispose(); // forward, loss, backward, update
      yield;
    }
  }
}

export interface Regime {
  readonly batchSize: number;
  /** Steps until the loss over all samples is at most the goal. */
  readonly steps: number;
  /** Samples that went through the network in these steps. */
  readonly samples: number;
  /** Those of the steps after which the loss over all samples was higher than before. */
  readonly stepsUp: number;
}

/** What the line's loss should come down to; the least that any line leaves is about 0.33, the noise. */
export const goal = 0.36;

/** Trains from the common start until the loss over all samples reaches the goal. */
export async function train(batchSize: number): Promise<Regime> {
  using model = line();
  const { x, y } = samples();
  const lossOverAll = async () => (await model.evaluate(x, y, { loss: "meanSquaredError" }))["loss"] ?? NaN;
  let loss = await lossOverAll();
  let count = 0;
  let stepsUp = 0;
  for await (const _ of steps(model, batchSize)) {
    const before = loss;
    loss = await lossOverAll();
    count++;
    if (loss > before) stepsUp++;
    if (loss <= goal) break;
  }
  return { batchSize, steps: count, samples: count * batchSize, stepsUp };
}

/** How far a batch's gradient is from that of all samples, at the start: the mean of ‖g − g_all‖ / ‖g_all‖. */
export async function gradientError(batchSize: number): Promise<number> {
  using model = line();
  const data = samples();
  const gradientOf = async ({ x, y }: typeof data) => {
    const { layers } = await traceBackprop(model, x, y, "meanSquaredError");
    return layers.flatMap(({ gradients }) => Object.values(gradients).flatMap(flat));
  };
  const all = await gradientOf(data);
  const errors: number[] = [];
  for (const batch of drawBatches(0, batchSize)) {
    const own = await gradientOf(choose(data, batch));
    errors.push(Math.hypot(...own.map((value, index) => value - (all[index] ?? NaN))) / Math.hypot(...all));
  }
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

/** Measured, and so different from run to run and machine to machine. */
async function stepsPerSecond(batchSize: number): Promise<number> {
  using model = line();
  let count = 0;
  let start = 0;
  for await (const _ of steps(model, batchSize)) {
    if (count === 20) start = performance.now(); // What comes before only warms up.
    if (count++ === 220) break;
  }
  return 200_000 / (performance.now() - start);
}

export async function report(): Promise<string> {
  const rows = [];
  for (const batchSize of [sampleCount, 32, 1]) {
    const { steps: count, samples: seen, stepsUp } = await train(batchSize);
    const error = `${Math.round(100 * (await gradientError(batchSize)))} %`;
    const speed = round(await stepsPerSecond(batchSize), 2);
    rows.push([String(batchSize), error, count, stepsUp, seen, round(seen / sampleCount, 3), speed]);
  }
  return page(
    title,
    `The same ${sampleCount} samples, the same flat line to start from, the same learning rate. Only the batch differs: ` +
      "all samples (batch descent), 32 of them (mini-batch) or one (stochastic), shuffled anew each epoch. How rough is " +
      `a batch's gradient, and what does it take to bring the loss over all samples down to ${goal}?`,
    table(["batch", "rough by", "steps", "of them up", "samples", "epochs", "steps/s"], rows),
    "Batch descent needs the fewest steps, and each goes down. But each step looks at all the samples. Stochastic " +
      "descent stumbles, some of its steps lead up, and it still arrives having looked at the fewest samples. " +
      "Mini-batches are the compromise that most training uses: nearly exact, and one step is still cheap.",
    "The last column is the speed measured now, on this machine; on data this small, most of a step's time goes to " +
      "getting it started.",
  );
}
