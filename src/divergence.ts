import * as tf from "@tensorflow/tfjs-core";
import { allFinite, disposeValues, snapshot } from "./assignment.ts";
import type { Batch, EpochBatches } from "./batch-source.ts";
import type { Samples } from "./batches.ts";
import { valueAndGradients } from "./differentiate.ts";
import { DivergenceError } from "./errors.ts";
import type { History } from "./history.ts";
import { expectAlive, type Model } from "./model.ts";
import { formatNumbers } from "./nested-numbers.ts";
import { computeStep, takeStep, withPenalty, type StepRule } from "./step.ts";
import { goBackTo, type Waypoint } from "./waypoint.ts";

/** √Σ gᵢ², in float64: what is too large for float32 is not for it. */
function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index] as number) ** 2;
  return Math.sqrt(sum);
}

/** The parameter with the largest gradient, and that gradient's Euclidean norm. NaN counts as infinite. */
async function largestGradient(model: Model, rule: StepRule, batch: Batch) {
  const gradients = tf.tidy(() => {
    const { x, y, weights } = batch.samples();
    const loss = () => withPenalty(model, rule.loss(y, model.forward(x), weights));
    return [...valueAndGradients(loss, model.parameters, (parameter) => model.nameOf(parameter)).gradients];
  });
  try {
    const values = await Promise.all(gradients.map((gradient) => gradient.data()));
    const norms = values.map(norm).map((size) => (Number.isNaN(size) ? Infinity : size));
    const gradientNorm = Math.max(...norms);
    return { parameter: model.nameOf(model.parameters[norms.indexOf(gradientNorm)] as tf.Variable), gradientNorm };
  } finally {
    tf.dispose(gradients);
  }
}

async function rangeOf(tensor: tf.Tensor): Promise<{ smallest: number; largest: number }> {
  let smallest = Infinity;
  let largest = -Infinity;
  for (const value of await tensor.data()) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }
  return { smallest, largest };
}

async function advice(samples: Samples | undefined, rule: StepRule): Promise<string> {
  const advices = [`a smaller learning rate (now ${rule.optimizer.learningRate})`];
  for (const [name, tensor] of Object.entries(samples === undefined ? {} : { x: samples.x, y: samples.y })) {
    const { smallest, largest } = await rangeOf(tensor);
    const isWide = Math.max(-smallest, largest) > 10;
    if (isWide)
      advices.unshift(`${name} scaled to about −1 … 1 (now ${formatNumbers(smallest)} … ${formatNumbers(largest)})`);
  }
  return advices.join(", then ");
}

/** An epoch in which a loss became non-finite, with what it takes to look into it. */
export interface FailedEpoch {
  readonly model: Model;
  readonly rule: StepRule;
  readonly data: EpochBatches;
  readonly epoch: number;
  /** How many steps were taken in it. */
  readonly steps: number;
  /** The epochs before. */
  readonly history: History;
  /** The first batch whose loss is not finite, and that loss. Without them it is the last step's weights that are not. */
  readonly batch?: number;
  readonly loss?: number;
  /** Where it started, and where the epoch before did: the newest finite values are restored. */
  readonly points: readonly Waypoint[];
}

/**
 * What to tell of a run that diverged. Goes over the failed epoch again, step by step from its start, up to the last
 * batch with a finite loss, and looks at the gradients there; then leaves the model at the last finite weights. The steps
 * are taken again at the rates that hold now. A stream cannot be gone over again.
 */
export async function explainDivergence(failed: FailedEpoch): Promise<DivergenceError> {
  const { model, rule, data, epoch, steps, loss, points } = failed;
  const batch = failed.batch ?? steps - 1;
  let largest = { parameter: "", gradientNorm: NaN };
  let seen = "";
  try {
    if (isReplayable(data)) {
      largest = await gradientBefore(failed, data.batches, loss === undefined ? batch : Math.max(0, batch - 1));
      const { parameter, gradientNorm } = largest;
      seen = `The largest gradient just before was that of ${parameter}, of norm ${formatNumbers(gradientNorm)}. `;
    }
  } catch {
    // A loss that throws on what it sees now must not hide the divergence, nor leave the model half-way.
    expectAlive(model);
  }
  const kept = await restoreFinite(model, rule, epoch, points);
  const count = isReplayable(data) ? `; batches an epoch: ${data.batches.length}` : "";
  const message =
    `The ${loss === undefined ? "weights became NaN or infinite" : `loss became ${loss}`} ` +
    `in epoch ${epoch}, batch ${batch} (both counted from 0${count}). ${seen}` +
    `The model keeps ${kept}. Try ${await advice(data.samples, rule)}.`;
  return new DivergenceError(message, { ...largest, epoch, batch, history: failed.history });
}

/** Whether an epoch's batches can be gone over again. */
function isReplayable(data: EpochBatches): data is EpochBatches & { readonly batches: readonly Batch[] } {
  return Array.isArray(data.batches);
}

/** Takes the steps of an epoch again up to a batch, and looks at the gradients on that one. */
async function gradientBefore({ model, rule, points }: FailedEpoch, batches: readonly Batch[], batch: number) {
  const [start] = points;
  if (start !== undefined) goBackTo(model, rule.optimizer, start);
  for (const passed of batches.slice(0, batch)) {
    tf.tidy(() => takeStep(model, rule.optimizer, computeStep(model, passed.samples(), rule)));
  }
  return largestGradient(model, rule, batches[batch] as Batch);
}

/** Goes back to finite weights where a run that ends for another reason would leave others: a hook threw after a bad step. */
export async function restoreIfSpoilt(model: Model, rule: StepRule, points: readonly Waypoint[]): Promise<void> {
  if (model.isDisposed) return;
  const weights = snapshot(model.parameters);
  try {
    if (!(await allFinite(weights)) && !model.isDisposed) await restoreFinite(model, rule, 0, points);
  } finally {
    disposeValues(weights);
  }
}

/** Restores the newest values that are all finite, and says which those are. */
async function restoreFinite(
  model: Model,
  rule: StepRule,
  epoch: number,
  points: readonly Waypoint[],
): Promise<string> {
  for (const [age, point] of points.entries()) {
    const isFinite = await allFinite(point.values);
    expectAlive(model);
    if (!isFinite) continue;
    goBackTo(model, rule.optimizer, point);
    const finished = epoch - age - 1;
    return finished < 0 ? "the weights that it had before fit" : `the weights of the end of epoch ${finished}`;
  }
  return "weights that are not finite: it had such before fit";
}
