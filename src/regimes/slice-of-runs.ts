import * as tf from "@tensorflow/tfjs-core";
import { lostDevice } from "../backend/device-loss.ts";
import { disposeSamples } from "../batches.ts";
import type { LossSlice } from "./comparison.ts";
import type { Path } from "./regime.ts";
import type { Turn } from "./interleave.ts";
import type { JobOutcome } from "./job.ts";
import { lossGrid, planeThrough, projectOn } from "./loss-slice.ts";
import { buildNetwork } from "./network.ts";
import type { ComparisonPlan } from "./plan.ts";
import type { RegimesRun } from "./regimes-run.ts";
import { sliceProgress } from "./slice-progress.ts";

/** The slice, and the path of each run in it. */
export interface SlicedRuns {
  readonly slice: LossSlice | null;
  /** In the order of the runs. */
  readonly paths: readonly (Path | null)[];
}

/** The repeat that the slice goes through. */
const slicedRepeat = 0;

/**
 * Draws the loss around the runs of the first repeat; of a model with two weights around all. A device that was lost draws
 * nothing more; what was measured is worth having without.
 */
export async function sliceOf(plan: ComparisonPlan, made: RegimesRun): Promise<SlicedRuns> {
  try {
    return (await sliceAround(plan, made)) ?? noneOf(made);
  } catch (error) {
    if (lostDevice() === undefined) throw error;
    return noneOf(made);
  }
}

function noneOf({ turns }: RegimesRun): SlicedRuns {
  return { slice: null, paths: turns.map(() => null) };
}

async function sliceAround(
  plan: ComparisonPlan,
  { turns, outcomes, jobs }: RegimesRun,
): Promise<SlicedRuns | undefined> {
  const { sliceResolution: resolution, seed, onProgress } = plan.settings;
  const drawn = outcomes.map((outcome, index) => isDrawn(outcome, turns[index], plan));
  const weights = outcomes.filter((_, index) => drawn[index]).map((outcome) => outcome.weights);
  if (resolution === 0 || weights.length === 0) return undefined;
  using model = buildNetwork(plan.network, seed);
  const plane = await planeThrough(model, weights, lowestOf(outcomes.filter((_, index) => drawn[index])));
  if (plane === undefined) return undefined;
  const paths = outcomes.map((outcome, index) => (drawn[index] === true ? projectOn(plane, outcome.weights) : null));
  const { x, y } = plan.samples.training;
  const samples = { x: tf.tensor(x.values, [...x.shape]), y: tf.tensor(y.values, [...y.shape]) };
  try {
    const tell = sliceProgress(jobs, resolution ** 2, onProgress);
    const around = { plane, paths: paths.filter((path) => path !== null), resolution, tell };
    const grid = await lossGrid(model, plan.network.loss, samples, around);
    return { slice: { ...plane, repeat: slicedRepeat, ...grid }, paths };
  } finally {
    disposeSamples(samples);
  }
}

/** Weights that are too many to keep of every point. */
const mostWeights = 20_000;

/** Whether a run is to keep its weights. */
export function keepsWeights({ settings, summary }: ComparisonPlan, { repeat }: Turn): boolean {
  if (settings.sliceResolution === 0 || summary.parameters > mostWeights) return false;
  return repeat === slicedRepeat || summary.parameters === 2;
}

/** A run that diverged would have the slice show nothing but its flight. */
function isDrawn({ status, weights }: JobOutcome, turn: Turn | undefined, plan: ComparisonPlan): boolean {
  const isWell = status === "finished" || status === "stopped";
  return isWell && weights.length > 0 && turn !== undefined && keepsWeights(plan, turn);
}

/** The place of the run that ended lowest. */
function lowestOf(outcomes: readonly JobOutcome[]): number {
  const ends = outcomes.map(({ curve }) => curve.trainingLoss.at(-1) ?? Infinity);
  return ends.indexOf(Math.min(...ends));
}
