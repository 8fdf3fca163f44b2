import type { Callback } from "./callbacks.ts";
import type { Data } from "./data.ts";
import { HyperparameterError } from "./errors.ts";
import { expectHyperparameter, isPositiveInteger } from "./hyperparameter.ts";
import { resolveLoss, type LossLike } from "./losses.ts";
import { resolveMetrics, type MetricLike } from "./metrics.ts";
import { Optimizer } from "./optimizer.ts";

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

/** The options with their defaults, checked, names looked up. @throws HyperparameterError, UnknownNameError */
export function resolveFitOptions(options: FitOptions) {
  const { loss, optimizer, batchSize = 32, epochs = 1, shuffle = true, verbose = 1, validationSplit } = options;
  if (!(optimizer instanceof Optimizer)) {
    throw new HyperparameterError(
      'fit expects optimizer to be an Optimizer, such as new SGD({ learningRate: 0.1 }) from "rivulet/optimizers".',
      "optimizer",
      optimizer,
    );
  }
  optimizer.expectAlive();
  expectBatchSize("fit", batchSize);
  expectHyperparameter(isPositiveInteger(epochs), "fit", "epochs", "a whole number above 0", epochs);
  const isSeed = options.seed === undefined || Number.isSafeInteger(options.seed);
  expectHyperparameter(isSeed, "fit", "seed", "a whole number", options.seed);
  expectHyperparameter(verbose === 0 || verbose === 1, "fit", "verbose", "0 or 1", verbose);
  const isSplit = validationSplit === undefined || (validationSplit > 0 && validationSplit < 1);
  expectHyperparameter(isSplit, "fit", "validationSplit", "a fraction between 0 and 1, both excluded", validationSplit);
  return {
    rule: { loss: resolveLoss(loss), optimizer, metrics: [...resolveMetrics(options.metrics).values()] },
    names: ["loss", ...resolveMetrics(options.metrics).keys()],
    batchSize,
    epochs,
    shuffle,
    verbose,
    callbacks: options.callbacks ?? [],
  };
}

/** @throws HyperparameterError */
export function expectBatchSize(who: string, batchSize: unknown): void {
  const valid = batchSize === "full" || isPositiveInteger(batchSize);
  expectHyperparameter(valid, who, "batchSize", '"full" or a whole number above 0', batchSize);
}
