import { disposeValues } from "../assignment.ts";
import { SampleBatches } from "../batch-source.ts";
import { disposeSamples, type Samples } from "../batches.ts";
import type { Data } from "../data.ts";
import { expectBatchSize } from "../fit-options.ts";
import { expectHyperparameter, expectOptions, isPositiveFloat32 } from "../hyperparameter.ts";
import { beginTraining, endTraining, expectUntrained } from "../in-training.ts";
import { keepOnHost } from "../lost-device.ts";
import { resolveLoss, type LossLike } from "../losses.ts";
import { expectAlive, type Model, type TrainableModel } from "../model.ts";
import { expectOptimizer, type Optimizer } from "../optimizer.ts";
import { RandomStream } from "../random.ts";
import type { StepRule } from "../step.ts";
import { prepareSamples } from "../training-data.ts";
import { goBackTo, waypointOf } from "../waypoint.ts";
import { sweepRates, type Sweep } from "./learning-rate-sweep.ts";
import { fewSamples, type Look } from "./look.ts";
import { blewUpAtOnce, recommend, type LearningRateSearch } from "./recommend-rate.ts";

/** What to search a learning rate for, and where. */
export interface LearningRateSearchOptions {
  readonly loss: LossLike;
  /** The rule that the rate is for. Its own rate does not matter, and is the same afterwards. */
  readonly optimizer: Optimizer;
  /** Samples in a step, as in `fit`. Default 32. */
  readonly batchSize?: number | "full";
  /** The first rate. Default 1e-6, and where the loss blows up at once, lower ones. */
  readonly from?: number;
  /** The last rate. Default 10. */
  readonly to?: number;
  /** How many rates are tried, 10 or more. Default 100. */
  readonly steps?: number;
  /** How much each sample's loss counts, [samples]. */
  readonly sampleWeight?: Data;
}

const who = "findLearningRate";

/**
 * Recommends a learning rate by a short run whose rate grows by the same factor each step, until the loss blows up:
 *
 *     const { recommended, message } = await findLearningRate(model, x, y, { loss: "meanSquaredError", optimizer });
 *
 * Recommended is a tenth of the largest rate after which the loss was about as small as after any (all but a twentieth of
 * its fall was done). Smith, 2017, https://arxiv.org/abs/1506.01186, with the tenth from fastai. Unlike theirs, the loss is
 * measured after each step on the same 256 samples at most, and not on the batch: so it also goes with small batches.
 *
 * Where the loss falls at no rate, `recommended` is undefined, and `message` says what was seen and what to try. Batches
 * are drawn from the model's seed. Weights, layers' state, and the optimizer's state, rate and counts are the same
 * afterwards, however it ends.
 *
 * @throws ShapeError, DataError, HyperparameterError, UnknownNameError, UnconnectedParameterError, DisposedError,
 * DeviceLostError; InUseError while a fit or another search of this model runs; what the loss throws
 */
export async function findLearningRate(
  model: TrainableModel,
  x: Data,
  y: Data,
  options: LearningRateSearchOptions,
): Promise<LearningRateSearch> {
  expectOptions(who, options, ["loss", "optimizer", "batchSize", "from", "to", "steps", "sampleWeight"]);
  const { optimizer, batchSize = 32, sampleWeight } = options;
  const loss = resolveLoss(options.loss);
  expectOptimizer(who, optimizer);
  expectBatchSize(who, batchSize);
  const sweep = resolveSweep(options);
  expectAlive(model);
  expectUntrained(who, model);
  beginTraining(who, model);
  try {
    const samples = await prepareSamples({ who, model, loss }, { x, y, sampleWeight });
    const rule = { loss, optimizer, metrics: [] };
    return await searchOn(samples, { model, rule }, sweep, { batchSize, descents: options.from === undefined ? 2 : 0 });
  } finally {
    endTraining(model);
  }
}

/** @param samples disposed of at the end */
async function searchOn(
  samples: Samples,
  { model, rule }: { readonly model: TrainableModel; readonly rule: StepRule },
  sweep: Sweep,
  { batchSize, descents }: { readonly batchSize: number | "full"; readonly descents: number },
): Promise<LearningRateSearch> {
  const random = new RandomStream(model.seed ?? 0, "learning rate");
  const count = samples.x.shape[0];
  const orderOf = (epoch: number) => random.split(epoch).permutation(count);
  const source = new SampleBatches(samples, batchSize === "full" ? count : batchSize, orderOf);
  const few = fewSamples(samples);
  try {
    const look = { model, rule, samples: few, all: samples, start: undefined };
    return await search(look, source, sweep, descents);
  } finally {
    disposeSamples(few);
    source.dispose();
  }
}

/** @param descents how often it may start anew at lower rates */
async function search(
  look: Look & { readonly rule: StepRule },
  source: SampleBatches,
  sweep: Sweep,
  descents: number,
): Promise<LearningRateSearch> {
  const swept = await withoutTrace(look.model, look.rule.optimizer, async () => sweepRates(look, source, sweep));
  if (descents === 0 || !blewUpAtOnce(swept, sweep)) return recommend(look, swept, sweep);
  return search(look, source, { ...sweep, from: 1e-6 * sweep.from, to: 100 * sweep.from }, descents - 1);
}

/** Does something, and has model and optimizer stand where they stood before. */
async function withoutTrace<Result>(model: Model, optimizer: Optimizer, work: () => Promise<Result>): Promise<Result> {
  const before = waypointOf(model, optimizer);
  const rate = optimizer.schedule ?? optimizer.learningRate;
  const values = await keepOnHost(before.values);
  try {
    return await work();
  } finally {
    optimizer.learningRate = rate;
    if (!model.isDisposed) goBackTo(model, optimizer, { ...before, values });
    disposeValues(values);
  }
}

/** The options of a sweep, checked. @throws HyperparameterError */
function resolveSweep({ from = 1e-6, to = 10, steps = 100 }: Partial<Sweep>): Sweep {
  expectHyperparameter(isPositiveFloat32(from), who, "from", "a finite number above 0", from);
  const isAbove = isPositiveFloat32(to) && to > from;
  expectHyperparameter(isAbove, who, "to", `a finite number above from, ${from}`, to);
  const isCount = Number.isSafeInteger(steps) && steps >= 10;
  expectHyperparameter(isCount, who, "steps", "a whole number, 10 or more", steps);
  return { from, to, steps };
}
