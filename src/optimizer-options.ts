import { clippings, resolveClipping, type Clipping, type ClippingOptions } from "./clipping.ts";
import { expectHyperparameter, expectOptions, isFloat32FromZero } from "./hyperparameter.ts";
import { resolveLearningRate, type LearningRateLike } from "./learning-rate.ts";
import type { Schedule, ScheduleConfig } from "./schedules.ts";

/** What every rule takes. */
export interface OptimizerOptions extends ClippingOptions {
  /** η: a number above 0, or a schedule. Default 0.01, or the rule's own. */
  readonly learningRate?: LearningRateLike;
  /**
   * λ, 0 or more: before each step θ ← θ − η λ θ, for every parameter. Default 0, or the rule's own. Decoupled from the
   * gradient, as in Keras's rules and in AdamW. PyTorch's SGD and Adam add λ θ to the gradient instead: for that, add
   * ½ λ ‖θ‖² to the loss, as an L2 regularizer does. Loshchilov and Hutter, 2019, https://arxiv.org/abs/1711.05101
   */
  readonly weightDecay?: number;
}

/** What a rule takes where an option is left out. */
export type OptimizerDefaults = Pick<OptimizerOptions, "learningRate" | "weightDecay">;

/** A rule's options as plain data, as they hold: what it takes to make the same rule again. */
export interface OptimizerConfig extends ClippingOptions {
  readonly learningRate: number | ScheduleConfig;
  readonly weightDecay: number;
}

/** The options as they hold. */
export interface OptimizerSettings {
  readonly learningRate: number | Schedule;
  readonly weightDecay: number;
  readonly clipping: Clipping | undefined;
}

/**
 * @param who the rule's name
 * @param known the names of the options that are the rule's own
 * @throws HyperparameterError, UnknownNameError
 */
export function resolveOptimizerOptions(
  who: string,
  options: OptimizerOptions,
  known: readonly string[],
  defaults: OptimizerDefaults,
): OptimizerSettings {
  expectOptions(who, options, ["learningRate", ...known, "weightDecay", ...clippings]);
  // Not what is null: that is how JSON writes a NaN.
  const { learningRate: given = defaults.learningRate ?? 0.01, weightDecay = defaults.weightDecay ?? 0 } = options;
  const learningRate = resolveLearningRate(who, given);
  const valid = isFloat32FromZero(weightDecay);
  expectHyperparameter(valid, who, "weightDecay", "a finite number, 0 or more", weightDecay);
  return { learningRate, weightDecay, clipping: resolveClipping(who, options) };
}
