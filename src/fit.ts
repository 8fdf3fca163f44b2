import * as tf from "@tensorflow/tfjs-core";
import { allFinite, disposeValues, snapshot } from "./assignment.ts";
import { batchRanges, disposeSamples, reorderSamples, type Samples } from "./batches.ts";
import { Callbacks } from "./callbacks.ts";
import type { Data } from "./data.ts";
import { explainDivergence, restoreIfSpoilt, type TrainingState } from "./divergence.ts";
import { trainEpoch, type EpochOutcome, type EpochRun } from "./epoch.ts";
import { measure } from "./evaluate.ts";
import type { FitSettings } from "./fit-options.ts";
import { appendEpoch, type History, type Logs } from "./history.ts";
import { goBackAfterLoss, keepOnHost } from "./lost-device.ts";
import { expectAlive, type TrainableModel } from "./model.ts";
import { Pace } from "./pace.ts";
import type { Progress } from "./progress/progress.ts";
import type { RandomStream } from "./random.ts";
import { prepareSamples, splitSamples } from "./training-data.ts";

/** What follows from the seed: an epoch's order does not depend on how many epochs one `fit` was asked for. */
export interface Shuffling {
  readonly seed: number;
  /** The stream of each epoch, counted from the first of this run. */
  readonly streamOf: (epoch: number) => RandomStream;
  /** Called when an epoch has ended well: the next one shuffles anew, in whichever fit it comes. */
  readonly epochEnded: () => void;
}

/** Trains a model. `Sequential.fit` says what, and what is thrown. */
export async function fit(
  model: TrainableModel,
  xData: Data,
  yData: Data,
  settings: FitSettings,
  shuffling: Shuffling,
): Promise<History> {
  const held: Samples[] = [];
  const hold = (samples: Samples): Samples => {
    held.push(samples);
    return samples;
  };
  try {
    const { validationData, validationSplit } = settings;
    const purpose = { who: "fit", model, loss: settings.rule.loss };
    let training = hold(await prepareSamples(purpose, xData, yData));
    let validation: Samples | undefined;
    if (validationData !== undefined) {
      const names = ["validationData's x", "validationData's y"];
      const [x, y] = validationData;
      validation = hold(await prepareSamples(purpose, x, y, names));
    } else if (validationSplit !== undefined) {
      const parts = splitSamples(training, validationSplit);
      training = hold(parts.training);
      validation = hold(parts.validation);
    }
    return await train(model, { training, validation }, settings, shuffling);
  } finally {
    held.forEach(disposeSamples);
  }
}

interface Parts {
  readonly training: Samples;
  readonly validation: Samples | undefined;
}

function startHistory({ training, validation }: Parts, settings: FitSettings, steps: number, seed: number): History {
  const { epochs, batchSize } = settings;
  const samples = training.x.shape[0];
  const validationSamples = validation?.x.shape[0] ?? 0;
  const params = { epochs, batchSize, steps, samples, validationSamples, seed, backend: tf.getBackend() };
  return { epoch: [], history: {}, params };
}

async function train(
  model: TrainableModel,
  parts: Parts,
  settings: FitSettings,
  shuffling: Shuffling,
): Promise<History> {
  const { rule, measures, epochs } = settings;
  const count = parts.training.x.shape[0];
  const batchSize = settings.batchSize === "full" ? count : settings.batchSize;
  const ranges = batchRanges(count, batchSize);
  const names = [...measures.keys()];
  const callbacks = new Callbacks(settings.callbacks);
  const pace = new Pace();
  const progress = settings.verbose === 1 ? await startProgress(epochs, ranges.length) : undefined;
  const history = startHistory(parts, settings, ranges.length, shuffling.seed);
  expectAlive(model);
  // How it stands at the start of this epoch, then of the one before: to go back to, should the loss stop being finite.
  const starts: TrainingState[] = [];
  let trained = 0;
  try {
    const before = snapshot([...model.parameters, ...rule.optimizer.stateOf(model.parameters)]);
    starts.push({ counts: rule.optimizer.countsOf(model.parameters), values: await keepOnHost(before) });
    await callbacks.call("onTrainBegin");
    for (let epoch = 0; epoch < epochs; epoch++) {
      await callbacks.call("onEpochBegin", epoch);
      const onStep = (step: number) => progress?.advance(epoch * ranges.length + step);
      const run = { model, rule, names, ranges, callbacks, pace, onStep };
      // With one batch, its order changes nothing but the rounding.
      const order = settings.shuffle && ranges.length > 1 ? shuffling.streamOf(epoch).permutation(count) : undefined;
      const position = { epoch, isLast: epoch === epochs - 1, history };
      const { means, values } = await finiteEpoch(run, parts.training, order, position, starts);
      starts.unshift({ values, counts: rule.optimizer.countsOf(model.parameters) });
      shuffling.epochEnded();
      trained++;
      for (const { values: old } of starts.splice(2)) disposeValues(old);
      const validated = parts.validation && (await measure(model, parts.validation, measures, batchSize, pace));
      const logs = { ...means, ...prefixed("val_", validated) };
      appendEpoch(history, epoch, logs);
      progress?.endEpoch(epoch, logs);
      await callbacks.call("onEpochEnd", epoch, logs);
    }
    await callbacks.call("onTrainEnd");
    return history;
  } catch (error) {
    const lost = goBackAfterLoss({ model, rule, start: starts[0], epochs: trained, history }, error);
    if (lost !== undefined) throw lost;
    await restoreIfSpoilt(model, rule, starts);
    throw error;
  } finally {
    progress?.stop();
    for (const { values } of starts) disposeValues(values);
  }
}

/**
 * One epoch, in a given order of the samples.
 *
 * @throws DivergenceError if a loss, or in the last epoch a weight, is not finite: the model is then back at finite weights
 */
async function finiteEpoch(
  run: EpochRun,
  training: Samples,
  order: Int32Array | undefined,
  position: { readonly epoch: number; readonly isLast: boolean; readonly history: History },
  starts: readonly TrainingState[],
): Promise<EpochOutcome> {
  const samples = order === undefined ? training : reorderSamples(training, order);
  try {
    const outcome = await trainEpoch(run, samples);
    const batch = outcome.losses.findIndex((loss) => !Number.isFinite(loss));
    // Weights that the last step spoilt show in the next loss; only after the last epoch there is none to come.
    const isSpoilt = batch < 0 && position.isLast && !(await allFinite(outcome.values));
    if (batch < 0 && !isSpoilt) return outcome;
    disposeValues(outcome.values);
    const failed = { ...run, ...position, samples, starts };
    throw await explainDivergence(isSpoilt ? failed : { ...failed, batch, loss: outcome.losses[batch] as number });
  } finally {
    if (samples !== training) disposeSamples(samples);
  }
}

function prefixed(prefix: string, logs: Logs = {}): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [prefix + name, value]));
}

/** Loaded only where it is wanted: what draws a terminal's line is Node's. */
async function startProgress(epochs: number, stepsPerEpoch: number): Promise<Progress> {
  const { createProgress } = await import("#progress");
  return createProgress({ epochs, stepsPerEpoch });
}
