import * as tf from "@tensorflow/tfjs-core";
import { allFinite, disposeValues, snapshot } from "./assignment.ts";
import type { Batch, EpochBatches } from "./batch-source.ts";
import { disposeSamples, type Samples } from "./batches.ts";
import { DivergenceError } from "./errors.ts";
import { causesOfDivergence, quietly } from "./explain/causes.ts";
import type { Finding } from "./explain/finding.ts";
import { largestGradient } from "./explain/largest-gradient.ts";
import { fewSamples } from "./explain/look.ts";
import type { History } from "./history.ts";
import { expectAlive, type Model } from "./model.ts";
import { formatNumbers } from "./nested-numbers.ts";
import { computeStep, takeStep, type StepRule } from "./step.ts";
import { goBackTo, type Waypoint } from "./waypoint.ts";

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
  /** Where the run started. */
  readonly start: Waypoint | undefined;
  /** A few samples of what cannot be gone over again. */
  readonly witness: Samples | undefined;
}

/**
 * What to tell of a run that diverged. Goes over the failed epoch again, step by step from its start, up to the last
 * batch with a finite loss, and looks at the gradients there; then leaves the model at the last finite weights, and looks
 * for causes. The steps are taken again at the rates that hold now. A stream cannot be gone over again.
 */
export async function explainDivergence(failed: FailedEpoch): Promise<DivergenceError> {
  const { model, rule, data, epoch, steps, loss, points, history } = failed;
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
  // Weights with which the first loss of an epoch is not finite may be finite themselves: no run could go on from them.
  const newest = batch === 0 && loss !== undefined && points.length > 1 ? 1 : 0;
  const kept = await restoreFinite(model, rule, epoch, points, newest);
  const findings = kept === undefined ? [] : await causesIn(failed, batch);
  if (findings.length > 0) history.findings = findings;
  const count = isReplayable(data) ? `; batches an epoch: ${data.batches.length}` : "";
  const message =
    `The ${loss === undefined ? "weights became NaN or infinite" : `loss became ${loss}`} ` +
    `in epoch ${epoch}, batch ${batch} (both counted from 0${count}). ${seen}` +
    `The model keeps ${kept ?? "weights that are not finite: it had such before fit"}. ${adviceOf(findings, rule)}`;
  return new DivergenceError(message, { ...largest, epoch, batch, history, findings });
}

/** Looks for causes on the batch that failed, with the weights that the model keeps. */
async function causesIn(
  { model, rule, data, start, witness }: FailedEpoch,
  batch: number,
): Promise<readonly Finding[]> {
  return quietly(async () => {
    const failed = isReplayable(data) ? data.batches[batch] : undefined;
    const samples = tf.tidy(() => {
      const whole = failed?.samples() ?? witness;
      return whole && fewSamples(whole);
    });
    if (samples === undefined) return [];
    try {
      return await causesOfDivergence({ model, rule, samples, all: data.samples, start });
    } finally {
      disposeSamples(samples);
    }
  });
}

/** What was found, and a smaller learning rate where nothing that was found speaks of it. */
function adviceOf(findings: readonly Finding[], { optimizer }: StepRule): string {
  const messages = findings.map(({ message }) => message);
  if (!findings.some(({ kind }) => kind === "undefinedLoss" || kind === "learningRateTooLarge")) {
    messages.push(
      `${findings.length === 0 ? "Try" : "Then try"} a smaller learning rate (now ${optimizer.learningRate}).`,
    );
  }
  return messages.join(" ");
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
  return largestGradient(model, rule, (batches[batch] as Batch).samples);
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

/**
 * Restores the newest values that are all finite, and says which those are; undefined if there are none.
 *
 * @param newest the first of the points that may be gone back to
 */
async function restoreFinite(
  model: Model,
  rule: StepRule,
  epoch: number,
  points: readonly Waypoint[],
  newest = 0,
): Promise<string | undefined> {
  for (const [age, point] of points.entries()) {
    if (age < newest) continue;
    const isFinite = await allFinite(point.values);
    expectAlive(model);
    if (!isFinite) continue;
    goBackTo(model, rule.optimizer, point);
    const finished = epoch - age - 1;
    return finished < 0 ? "the weights that it had before fit" : `the weights of the end of epoch ${finished}`;
  }
  return undefined;
}
