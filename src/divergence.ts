import * as tf from "@tensorflow/tfjs-core";
import { allFinite, assign, disposeValues, snapshot, type Assignment } from "./assignment.ts";
import { sliceSamples, type BatchRange, type Samples } from "./batches.ts";
import { valueAndGradients } from "./differentiate.ts";
import { DivergenceError } from "./errors.ts";
import type { History } from "./history.ts";
import { expectAlive, type Model } from "./model.ts";
import { formatNumbers } from "./nested-numbers.ts";
import type { StepCounts } from "./optimizer-state.ts";
import { computeStep, type StepRule } from "./step.ts";

/** What a run can go back to: values of the parameters and of what the optimizer remembers, and its counts of steps. */
export interface TrainingState {
  readonly values: readonly Assignment[];
  readonly counts: StepCounts;
}

/** Sets the parameters to those values, and the optimizer's state to what they hold of it: else to its first values. */
export function rewind(model: Model, rule: StepRule, { values, counts }: TrainingState): void {
  expectAlive(model);
  rule.optimizer.reset(model.parameters);
  rule.optimizer.restoreCounts(counts);
  assign(values);
}

/** √Σ gᵢ², in float64: what is too large for float32 is not for it. */
function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index] as number) ** 2;
  return Math.sqrt(sum);
}

/** The parameter with the largest gradient, and that gradient's Euclidean norm. NaN counts as infinite. */
async function largestGradient(model: Model, rule: StepRule, samples: Samples, range: BatchRange) {
  const gradients = tf.tidy(() => {
    const { x, y } = sliceSamples(samples, range);
    const loss = () => rule.loss(y, model.forward(x));
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

async function advice(samples: Samples, rule: StepRule): Promise<string> {
  const advices = [`a smaller learning rate (now ${rule.optimizer.learningRate})`];
  for (const [name, tensor] of Object.entries({ x: samples.x, y: samples.y })) {
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
  /** The samples in the epoch's order. */
  readonly samples: Samples;
  readonly ranges: readonly BatchRange[];
  readonly epoch: number;
  /** The epochs before. */
  readonly history: History;
  /** The first batch whose loss is not finite, and that loss. Without them it is the last step's weights that are not. */
  readonly batch?: number;
  readonly loss?: number;
  /** How it stood at the start of this epoch, then at the start of the one before: the newest finite one is restored. */
  readonly starts: readonly TrainingState[];
}

/**
 * What to tell of a run that diverged. Goes over the failed epoch again, step by step from its start, up to the last
 * batch with a finite loss, and looks at the gradients there; then leaves the model at the last finite weights. The steps
 * are taken again at the rates that hold now.
 */
export async function explainDivergence(failed: FailedEpoch): Promise<DivergenceError> {
  const { model, rule, samples, ranges, epoch, loss, starts } = failed;
  const batch = failed.batch ?? ranges.length - 1;
  let largest = { parameter: "", gradientNorm: NaN };
  let seen = "";
  try {
    largest = await gradientBefore(failed, loss === undefined ? batch : Math.max(0, batch - 1));
    const { parameter, gradientNorm } = largest;
    seen = `The largest gradient just before was that of ${parameter}, of norm ${formatNumbers(gradientNorm)}. `;
  } catch {
    // A loss that throws on what it sees now must not hide the divergence, nor leave the model half-way.
    expectAlive(model);
  }
  const kept = await restoreFinite(model, rule, epoch, starts);
  const message =
    `The ${loss === undefined ? "weights became NaN or infinite" : `loss became ${loss}`} ` +
    `in epoch ${epoch}, batch ${batch} (both counted from 0; batches an epoch: ${ranges.length}). ${seen}` +
    `The model keeps ${kept}. Try ${await advice(samples, rule)}.`;
  return new DivergenceError(message, { ...largest, epoch, batch, history: failed.history });
}

/** Takes the steps of an epoch again up to a batch, and looks at the gradients on that one. */
async function gradientBefore({ model, rule, samples, ranges, starts }: FailedEpoch, batch: number) {
  if (starts[0] !== undefined) rewind(model, rule, starts[0]);
  for (const range of ranges.slice(0, batch)) {
    tf.tidy(() => {
      const { x, y } = sliceSamples(samples, range);
      assign(computeStep(model, x, y, rule).updates);
      rule.optimizer.stepTaken(model.parameters);
    });
  }
  return largestGradient(model, rule, samples, ranges[batch] as BatchRange);
}

/** Goes back to finite weights where a run that ends for another reason would leave others: a hook threw after a bad step. */
export async function restoreIfSpoilt(model: Model, rule: StepRule, starts: readonly TrainingState[]): Promise<void> {
  if (model.isDisposed) return;
  const weights = snapshot(model.parameters);
  try {
    if (!(await allFinite(weights)) && !model.isDisposed) await restoreFinite(model, rule, 0, starts);
  } finally {
    disposeValues(weights);
  }
}

/** Restores the newest values that are all finite, and says which those are. */
async function restoreFinite(
  model: Model,
  rule: StepRule,
  epoch: number,
  starts: readonly TrainingState[],
): Promise<string> {
  for (const [age, start] of starts.entries()) {
    const isFinite = await allFinite(start.values);
    expectAlive(model);
    if (!isFinite) continue;
    rewind(model, rule, start);
    const finished = epoch - age - 1;
    return finished < 0 ? "the weights that it had before fit" : `the weights of the end of epoch ${finished}`;
  }
  return "weights that are not finite: it had such before fit";
}
