import type { Callback } from "./callbacks/callback.ts";
import { expectHooks } from "./callbacks/expect-hooks.ts";
import type { ClassWeight } from "./class-weights.ts";
import { isBatchStream, type BatchStream } from "./batch-stream.ts";
import type { Data } from "./data.ts";
import { HyperparameterError } from "./errors.ts";
import { expectHyperparameter, expectOptions, isPositiveInteger } from "./hyperparameter.ts";
import { resolveLoss, type LossLike } from "./losses.ts";
import { resolveMeasures } from "./measures.ts";
import type { MetricLike } from "./metrics.ts";
import type { SampleData } from "./training-data.ts";
import { expectOptimizer, type Optimizer } from "./optimizer.ts";

/** What `fit` descends on, by which rule, how long, and what else it does. */
export interface FitOptions {
  /** A name (`"meanSquaredError"`), or a function of target and prediction that returns a scalar. */
  readonly loss: LossLike;
  readonly optimizer: Optimizer;
  /** Samples in a step. `"full"` is batch descent, 1 stochastic descent, between them mini-batches. Default 32. */
  readonly batchSize?: number | "full";
  /** Passes over the samples. Default 1. */
  readonly epochs?: number;
  /** Whether each epoch draws a new order. Default true. */
  readonly shuffle?: boolean;
  /** Starts the shuffles anew from this seed. Otherwise they follow from the model's, and go on from fit to fit. */
  readonly seed?: number;
  /** The last fraction of the samples, split off before shuffling: in (0, 1). */
  readonly validationSplit?: number;
  /** Samples to validate on after each epoch, `[x, y]`, with their weights if wanted. Goes before `validationSplit`. */
  readonly validationData?: readonly [x: Data, y: Data] | readonly [x: Data, y: Data, sampleWeight: Data];
  /** How much each sample's loss counts, [samples]: C = Σ wᵢ lᵢ / n, as in Keras. Metrics are not weighed. */
  readonly sampleWeight?: Data;
  /** How much a sample counts by its class, `{ 0: 1, 1: 5 }`; 1 where it says nothing. Validation is not weighed by it. */
  readonly classWeight?: ClassWeight;
  /** What is watched besides the loss. */
  readonly metrics?: readonly MetricLike[];
  readonly callbacks?: readonly Callback[];
  /** Ends the run before its next step: `fit` then throws an AbortError, and the model keeps what it has learnt. */
  readonly signal?: AbortSignal;
  /**
   * `"auto"` (the default): the training step is traced, and runs as a compiled program from then on; where that cannot be
   * done faithfully it runs as it is written. false: it always does. What ran is in the history's `params`. A loss, metric
   * or layer of one's own is called while the step is traced, not in the steps after.
   */
  readonly compile?: "auto" | false;
  /** 1 (the default): a progress line on a terminal, some plain lines elsewhere, on the error stream. 0: silence. */
  readonly verbose?: 0 | 1;
}

/** The options of a run on a stream, which cuts and orders its batches itself. */
export type StreamFitOptions = Omit<FitOptions, "batchSize" | "shuffle" | "validationSplit" | "sampleWeight">;

const fitOptionNames = [
  "loss",
  "optimizer",
  "batchSize",
  "epochs",
  "shuffle",
  "seed",
  "validationSplit",
  "validationData",
  "sampleWeight",
  "classWeight",
  "metrics",
  "callbacks",
  "signal",
  "compile",
  "verbose",
] as const satisfies readonly (keyof FitOptions)[];

/** Options that make no sense with a stream, and what to do instead. */
const notWithStream = {
  batchSize: "The stream cuts its batches itself.",
  shuffle: "The stream gives its batches in its own order.",
  validationSplit: "Give validationData.",
  sampleWeight: "Yield [x, y, sampleWeight].",
} as const;

/**
 * What `fit` was called with: samples and options, or a stream and options.
 *
 * @throws HyperparameterError, UnknownNameError, DisposedError
 */
export function resolveFit(given: readonly [Data, Data, FitOptions] | readonly [BatchStream, StreamFitOptions]): {
  readonly data: SampleData | BatchStream;
  readonly settings: FitSettings;
} {
  const [first] = given;
  // With targets beside it, a Map is no stream, but samples of a wrong kind.
  const isStream =
    isBatchStream(first) && (given.length < 3 || typeof first === "function" || !(Symbol.iterator in first));
  if (!isStream) {
    expectTargets(given);
    const [x, y, options] = given as readonly [Data, Data, FitOptions];
    return { data: { x, y, sampleWeight: options?.sampleWeight }, settings: resolveFitOptions(options) };
  }
  const options = given[1] as FitOptions;
  const settings = resolveFitOptions(options);
  for (const [name, mend] of Object.entries(notWithStream)) {
    const value = options[name as keyof typeof notWithStream];
    expectHyperparameter(value === undefined, "fit on a stream", name, "left out", value, mend);
  }
  return { data: first, settings };
}

/** Refuses an array that is followed by options: of samples without targets, or of batches. @throws HyperparameterError */
function expectTargets(given: readonly unknown[]): void {
  const [first, second] = given;
  const isOptions = typeof second === "object" && second !== null && "loss" in second;
  if (given.length !== 2 || !isOptions || !Array.isArray(first)) return;
  const mend = "Of samples give the targets too, of batches a function, () => batches.";
  const message = `fit expects x, y and options, or a stream of batches and options, got an array and options. ${mend}`;
  throw new HyperparameterError(message, "y", undefined);
}

/** The options with their defaults, checked, names looked up. @throws HyperparameterError, UnknownNameError, DisposedError */
function resolveFitOptions(options: FitOptions) {
  expectOptions("fit", options, fitOptionNames);
  const { loss, optimizer, batchSize = 32, epochs = 1, shuffle = true, compile = "auto", verbose = 1 } = options;
  const { callbacks = [], classWeight, seed, signal, validationData, validationSplit: split } = options;
  const resolvedLoss = resolveLoss(loss);
  expectOptimizer("fit", optimizer);
  expectBatchSize("fit", batchSize);
  expectHyperparameter(isPositiveInteger(epochs), "fit", "epochs", "a whole number above 0", epochs);
  expectHyperparameter(typeof shuffle === "boolean", "fit", "shuffle", "true or false", shuffle);
  const isSeed = seed === undefined || Number.isSafeInteger(seed);
  expectHyperparameter(isSeed, "fit", "seed", "a whole number", seed);
  const isWay = (["auto", false] as readonly unknown[]).includes(compile);
  expectHyperparameter(isWay, "fit", "compile", '"auto" or false', compile);
  expectHyperparameter(verbose === 0 || verbose === 1, "fit", "verbose", "0 or 1", verbose);
  const isSplit = split === undefined || (typeof split === "number" && split > 0 && split < 1);
  expectHyperparameter(isSplit, "fit", "validationSplit", "a fraction between 0 and 1, both excluded", split);
  const isPair = Array.isArray(validationData) && (validationData.length === 2 || validationData.length === 3);
  const pair = "a pair [x, y], or [x, y, sampleWeight]";
  expectHyperparameter(validationData === undefined || isPair, "fit", "validationData", pair, validationData);
  const isSignal = signal === undefined || signal instanceof AbortSignal;
  expectHyperparameter(isSignal, "fit", "signal", "an AbortSignal, a controller's signal", signal);
  const list = "an array of objects such as [{ onEpochEnd() {} }]";
  expectHyperparameter(Array.isArray(callbacks), "fit", "callbacks", list, callbacks);
  for (const [index, callback] of callbacks.entries()) expectHooks(callback, index);
  return {
    rule: { loss: resolvedLoss, optimizer, metrics: resolveMeasures("fit", options.metrics, resolvedLoss) },
    batchSize,
    epochs,
    shuffle,
    compile,
    verbose,
    callbacks,
    signal,
    seed,
    classWeight,
    validationData,
    validationSplit: split,
  };
}

/** What a run is to do. */
export type FitSettings = ReturnType<typeof resolveFitOptions>;

/** Refuses what is neither `"full"` nor a number of samples. @throws HyperparameterError */
export function expectBatchSize(who: string, batchSize: unknown): void {
  const valid = batchSize === "full" || isPositiveInteger(batchSize);
  expectHyperparameter(valid, who, "batchSize", '"full" or a whole number above 0', batchSize);
}
