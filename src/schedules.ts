import { expectHyperparameter, expectOptions, isPositiveFloat32 } from "./hyperparameter.ts";
import { lookUp } from "./lookup.ts";

/**
 * The learning rate η of a step, from t, how many steps were taken before it: 0 for the first step, as in Keras. Any
 * function of t will do. It may return 0, as the end of a cosine does: such a step moves no parameter.
 */
export type Schedule = (step: number) => number;

/** What the decays have in common. */
export interface DecayOptions {
  /** η₀, above 0: the rate of the first step. */
  readonly initialLearningRate: number;
  /** T, above 0: the steps that it takes to decay once by γ. */
  readonly decaySteps: number;
  /** γ, above 0. */
  readonly decayRate: number;
}

/** A decay that is smooth unless told otherwise. */
export interface SmoothDecayOptions extends DecayOptions {
  /** Whether t / T is cut to a whole number, so that the rate stands still for T steps at a time. Default false. */
  readonly staircase?: boolean;
}

/** A half wave of a cosine, with warm-up if asked. */
export interface CosineDecayOptions {
  /** η₀, above 0: where the cosine starts. With warm-up, where that starts: then it may be 0. */
  readonly initialLearningRate: number;
  /** T, above 0: the steps that the cosine takes, those of the warm-up apart. */
  readonly decaySteps: number;
  /** α in [0, 1]: the share of the largest rate at which the cosine ends, and stays. Default 0. */
  readonly alpha?: number;
  /** η₁, above 0: where the warm-up ends and the cosine starts. Needs warmupSteps. Default: no warm-up. */
  readonly warmupTarget?: number;
  /** W, 0 or more: the steps that the warm-up takes. Default 0. */
  readonly warmupSteps?: number;
}

/** What stands in a file for each schedule that was made here: a number for a constant one. */
const configs = new WeakMap<Schedule, number | ScheduleConfig>();

/** One rate for all steps, η(t) = η. The same as giving the number. @throws HyperparameterError unless it is above 0 */
export function constant(learningRate: number): Schedule {
  expectPositive("constant", "learningRate", learningRate);
  return remember(() => learningRate, learningRate);
}

/**
 * A rate that falls by a factor every T steps, as PyTorch's StepLR with step_size T:
 *
 *     η(t) = η₀ γ^⌊t / T⌋
 *
 * @throws HyperparameterError
 */
export function stepDecay(options: DecayOptions): Schedule {
  expectOptions("stepDecay", options, ["initialLearningRate", "decaySteps", "decayRate"]);
  const { initialLearningRate, decaySteps, decayRate } = expectDecay("stepDecay", options);
  const schedule: Schedule = (step) => initialLearningRate * decayRate ** Math.floor(step / decaySteps);
  return remember(schedule, { schedule: "stepDecay", ...options });
}

/**
 * A rate that falls by a factor over every T steps, as Keras's ExponentialDecay:
 *
 *     η(t) = η₀ γ^(t / T)
 *
 * @throws HyperparameterError
 */
export function exponentialDecay(options: SmoothDecayOptions): Schedule {
  const { initialLearningRate, decayRate, decays } = expectSmoothDecay("exponentialDecay", options);
  const schedule: Schedule = (step) => initialLearningRate * decayRate ** decays(step);
  return remember(schedule, { schedule: "exponentialDecay", ...options });
}

/**
 * A rate that falls ever more slowly, as Keras's InverseTimeDecay:
 *
 *     η(t) = η₀ / (1 + γ t / T)
 *
 * @throws HyperparameterError
 */
export function inverseTimeDecay(options: SmoothDecayOptions): Schedule {
  const { initialLearningRate, decayRate, decays } = expectSmoothDecay("inverseTimeDecay", options);
  const schedule: Schedule = (step) => initialLearningRate / (1 + decayRate * decays(step));
  return remember(schedule, { schedule: "inverseTimeDecay", ...options });
}

/**
 * A rate that falls as a half wave of a cosine over T steps, and stays where it ends, as Keras's CosineDecay:
 *
 *     η(t) = η₀ (α + (1 − α) ½ (1 + cos(π t / T)))
 *
 * With warm-up it first rises in a straight line, from η₀ to η₁ over W steps; the cosine then starts from η₁ at step W:
 *
 *     η(t) = η₀ + (η₁ − η₀) t / W,   t < W
 *
 * Loshchilov and Hutter, 2017, https://arxiv.org/abs/1608.03983
 *
 * @throws HyperparameterError, also for one of warmupTarget and warmupSteps without the other, which would do nothing
 */
export function cosineDecay(options: CosineDecayOptions): Schedule {
  const known = ["initialLearningRate", "decaySteps", "alpha", "warmupTarget", "warmupSteps"];
  expectOptions("cosineDecay", options, known);
  const { initialLearningRate, decaySteps, alpha = 0, warmupTarget, warmupSteps = 0 } = options;
  expectWarmup(options);
  expectPositive("cosineDecay", "decaySteps", decaySteps);
  const isShare = typeof alpha === "number" && alpha >= 0 && alpha <= 1;
  expectHyperparameter(isShare, "cosineDecay", "alpha", "in [0, 1]", alpha);
  const largest = warmupTarget ?? initialLearningRate;
  const schedule: Schedule = (step) => {
    if (step < warmupSteps) return initialLearningRate + (largest - initialLearningRate) * (step / warmupSteps);
    const done = Math.min(1, (step - warmupSteps) / decaySteps);
    return largest * (alpha + ((1 - alpha) * (1 + Math.cos(Math.PI * done))) / 2);
  };
  return remember(schedule, { schedule: "cosineDecay", ...options });
}

function expectWarmup({ initialLearningRate, warmupTarget, warmupSteps }: CosineDecayOptions): void {
  const who = "cosineDecay";
  if (warmupTarget === undefined) {
    expectPositive(who, "initialLearningRate", initialLearningRate);
    const mend = "Give warmupTarget, the rate that the warm-up leads to, or leave warmupSteps out.";
    expectHyperparameter(
      (warmupSteps ?? 0) === 0,
      `${who} without warmupTarget`,
      "warmupSteps",
      "0",
      warmupSteps,
      mend,
    );
    return;
  }
  const valid = isPositiveFloat32(initialLearningRate) || initialLearningRate === 0;
  expectHyperparameter(valid, who, "initialLearningRate", "a finite number, 0 or more", initialLearningRate);
  expectPositive(who, "warmupTarget", warmupTarget);
  expectPositive(`${who} with warmupTarget`, "warmupSteps", warmupSteps);
}

function expectPositive(who: string, name: string, value: unknown): void {
  expectHyperparameter(isPositiveFloat32(value), who, name, "a finite number above 0", value);
}

function expectDecay<Options extends DecayOptions>(who: string, options: Options): Options {
  expectPositive(who, "initialLearningRate", options.initialLearningRate);
  expectPositive(who, "decaySteps", options.decaySteps);
  expectPositive(who, "decayRate", options.decayRate);
  return options;
}

/** Checks the options, and adds how often the rate has decayed after some steps: t / T, or its whole part. */
function expectSmoothDecay(who: string, options: SmoothDecayOptions) {
  expectOptions(who, options, ["initialLearningRate", "decaySteps", "decayRate", "staircase"]);
  const { staircase = false, decaySteps, ...rates } = expectDecay(who, options);
  expectHyperparameter(typeof staircase === "boolean", who, "staircase", "true or false", staircase);
  const decays = (step: number) => (staircase ? Math.floor(step / decaySteps) : step / decaySteps);
  return { ...rates, decays };
}

function remember(schedule: Schedule, config: number | ScheduleConfig): Schedule {
  configs.set(schedule, config);
  return schedule;
}

/** The schedules that have a name. */
export const schedules = { constant, stepDecay, exponentialDecay, inverseTimeDecay, cosineDecay } as const;

/** Those of them that are made from options, and so can be told apart in a file. */
const decays = { stepDecay, exponentialDecay, inverseTimeDecay, cosineDecay } as const;

type Decays = typeof decays;

/** A schedule as plain data: `{ schedule: "stepDecay", initialLearningRate: 0.1, decaySteps: 100, decayRate: 0.5 }`. */
export type ScheduleConfig = {
  [Name in keyof Decays]: { readonly schedule: Name } & Parameters<Decays[Name]>[0];
}[keyof Decays];

/** What a schedule was made from; undefined for a function of the user's. */
export function configOf(schedule: Schedule): number | ScheduleConfig | undefined {
  return configs.get(schedule);
}

/** The schedule that plain data stands for. @throws UnknownNameError, HyperparameterError */
export function scheduleFrom({ schedule, ...options }: ScheduleConfig): Schedule {
  const decay = lookUp<(options: never) => Schedule>("schedule", schedule, decays);
  // Whatever they are by now: each decay checks all of its own.
  return decay(options as never);
}
