import { hooks, type Callback } from "./callbacks.ts";
import type { Data } from "./data.ts";
import { expectHyperparameter, expectOptions, isPositiveInteger } from "./hyperparameter.ts";
import { resolveLoss, type LossLike } from "./losses.ts";
import { resolveMetricFunctions as resolveMetrics, type MetricLike } from "./metrics.ts";
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
  /** Samples to validate on after each epoch, `[x, y]`. Goes before `validationSplit`. */
  readonly validationData?: readonly [x: Data, y: Data];
  /** What is watched besides the loss. */
  readonly metrics?: readonly MetricLike[];
  readonly callbacks?: readonly Callback[];
  /** 1 (the default): a progress line on a terminal, some plain lines elsewhere, on the error stream. 0: silence. */
  readonly verbose?: 0 | 1;
}

const fitOptionNames = [
  "loss",
  "optimizer",
  "batchSize",
  "epochs",
  "shuffle",
  "seed",
  "validationSplit",
  "validationData",
  "metrics",
  "callbacks",
  "verbose",
] as const satisfies readonly (keyof FitOptions)[];

/** The options with their defaults, checked, names looked up. @throws HyperparameterError, UnknownNameError, DisposedError */
export function resolveFitOptions(options: FitOptions) {
  expectOptions("fit", options, fitOptionNames);
  const { loss, optimizer, batchSize = 32, epochs = 1, shuffle = true, verbose = 1 } = options;
  const { callbacks = [], seed, validationData, validationSplit: split } = options;
  const resolvedLoss = resolveLoss(loss);
  expectOptimizer("fit", optimizer);
  expectBatchSize("fit", batchSize);
  expectHyperparameter(isPositiveInteger(epochs), "fit", "epochs", "a whole number above 0", epochs);
  expectHyperparameter(typeof shuffle === "boolean", "fit", "shuffle", "true or false", shuffle);
  const isSeed = seed === undefined || Number.isSafeInteger(seed);
  expectHyperparameter(isSeed, "fit", "seed", "a whole number", seed);
  expectHyperparameter(verbose === 0 || verbose === 1, "fit", "verbose", "0 or 1", verbose);
  const isSplit = split === undefined || (typeof split === "number" && split > 0 && split < 1);
  expectHyperparameter(isSplit, "fit", "validationSplit", "a fraction between 0 and 1, both excluded", split);
  const isPair = validationData === undefined || (Array.isArray(validationData) && validationData.length === 2);
  expectHyperparameter(isPair, "fit", "validationData", "a pair [x, y]", validationData);
  const isList =
    Array.isArray(callbacks) && callbacks.every((callback) => typeof callback === "object" && callback !== null);
  expectHyperparameter(isList, "fit", "callbacks", "an array of objects such as [{ onEpochEnd() {} }]", callbacks);
  for (const callback of callbacks) expectHooks(callback);
  const metrics = resolveMetrics("fit", options.metrics);
  return {
    rule: { loss: resolvedLoss, optimizer, metrics: [...metrics.values()] },
    measures: new Map([["loss", resolvedLoss], ...metrics]),
    batchSize,
    epochs,
    shuffle,
    verbose,
    callbacks,
    validationData,
    validationSplit: split,
  };
}

/** What a run is to do. */
export type FitSettings = ReturnType<typeof resolveFitOptions>;

/** @throws HyperparameterError for a hook that is not a function */
function expectHooks(callback: Callback): void {
  for (const hook of hooks) {
    const listener: unknown = callback[hook];
    expectHyperparameter(
      listener === undefined || typeof listener === "function",
      "A callback",
      hook,
      "a function",
      listener,
    );
  }
}

/** Refuses what is neither `"full"` nor a number of samples. @throws HyperparameterError */
export function expectBatchSize(who: string, batchSize: unknown): void {
  const valid = batchSize === "full" || isPositiveInteger(batchSize);
  expectHyperparameter(valid, who, "batchSize", '"full" or a whole number above 0', batchSize);
}
