import type { BackendName } from "../backend/candidate.ts";
import type { ActivationLike } from "../activations.ts";
import { resolveActivation } from "../activations.ts";
import { expectBatchSize } from "../fit-options.ts";
import { expectHyperparameter, expectOptions, isCount, isPositiveInteger } from "../hyperparameter.ts";
import { resolveLoss, type LossLike } from "../losses.ts";
import type { Budget, BudgetUnit, RegimeComparison } from "./comparison.ts";
import type { RunJob } from "./job.ts";
import type { RegimeProblem } from "./problem.ts";
import type { ComparisonProgress } from "./remaining-time.ts";
import { makeRule, rulesWithMomentum, type RuleFactory, type RuleName } from "./rules.ts";
import type { RunPoint } from "./run-point.ts";

/** What is compared, for how long, and how often. Lists are combined: each batch size with each momentum and each rate. */
export interface CompareRegimesOptions {
  /** Samples in a step. Default `["full", 128, 32, 8, 1]`: batch, mini-batch and stochastic descent. */
  readonly batchSizes?: readonly (number | "full")[];
  /** μ of each regime. Default `[0, 0.9]`; for a rule without momentum none. */
  readonly momenta?: readonly number[];
  /** η of each regime; with `fairLearningRates` the candidates. Default: the problem's. */
  readonly learningRates?: readonly number[];
  /** A name, or a function that makes a new rule of the rates. Default `"sgd"`. */
  readonly optimizer?: RuleName | RuleFactory;
  /** The units of each hidden layer. Default: the problem's. */
  readonly layers?: readonly number[];
  /** Of the hidden layers. Default: the problem's. */
  readonly activation?: ActivationLike;
  /** What is descended on. Default: the problem's. */
  readonly loss?: LossLike;
  /** What each run is given. Default: the problem's epochs. */
  readonly budget?: Budget;
  /** The training loss whose reaching is timed. Default: the problem's. */
  readonly targetLoss?: number;
  /** Runs of each regime, from seeds one after the other. Default 3. */
  readonly repeats?: number;
  /** The first one. Default 42. */
  readonly seed?: number;
  /** Backends to compare. Default: the one that runs. */
  readonly backends?: readonly (BackendName | "auto")[];
  /** As `fit` has it. Default `"auto"`. */
  readonly compile?: "auto" | false;
  /** Whether each regime gets its own best rate, found on a quarter of the budget. Default false. */
  readonly fairLearningRates?: boolean;
  /** Places along each side of the slice of the loss; 0 for no slice. Default 31. */
  readonly sliceResolution?: number;
  /** Kept in the result: the command line that led here. */
  readonly command?: string;
  /** Told as the jobs go on, a few times a second. */
  readonly onProgress?: (progress: ComparisonProgress) => void;
  /**
   * Told of each point of a run's curve as soon as it is measured, no clock running. Where nobody knows how far a run will
   * get, the final curve may have fewer. The search for learning rates is not told of.
   */
  readonly onPoint?: (point: RunPoint) => void;
  /**
   * Called when a run has ended, and awaited before the next one begins, so that what it does falls into no timing. It is
   * given what puts the comparison together as it stands: marked incomplete, without a slice, and with what has not ended
   * as runs that were stopped. So nothing is lost if the process dies. The search for learning rates is not told of.
   */
  readonly onRunEnd?: (soFar: () => Promise<RegimeComparison>) => unknown;
  /** Ends the comparison early, with what was measured so far: no error. */
  readonly signal?: AbortSignal;
  /** Runs a job elsewhere, as in a worker. Default: here. */
  readonly runJob?: RunJob;
  /** Jobs that run at a time; above 1 with `runJob` only, and seconds are then not comparable. Default 1. */
  readonly workers?: number;
}

const optionNames = [
  "batchSizes",
  "momenta",
  "learningRates",
  "optimizer",
  "layers",
  "activation",
  "loss",
  "budget",
  "targetLoss",
  "repeats",
  "seed",
  "backends",
  "compile",
  "fairLearningRates",
  "sliceResolution",
  "command",
  "onProgress",
  "onPoint",
  "onRunEnd",
  "signal",
  "runJob",
  "workers",
] as const satisfies readonly (keyof CompareRegimesOptions)[];

/** What is called by users, for messages. */
export const who = "compareRegimes";

/** The candidates of a search for each regime's own rate, where nobody names any. */
const candidates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];

/** The options with their defaults, checked. @throws HyperparameterError, UnknownNameError */
export function resolveOptions(problem: RegimeProblem, options: CompareRegimesOptions) {
  expectOptions(who, options, optionNames);
  const { optimizer = "sgd", fairLearningRates = false, runJob, signal } = options;
  const ownRates = fairLearningRates ? candidates : [problem.learningRate ?? 0.05];
  const ofRule = typeof optimizer === "string" && rulesWithMomentum.has(optimizer);
  const settings = {
    batchSizes: options.batchSizes ?? (["full", 128, 32, 8, 1] as const),
    momenta: options.momenta ?? (ofRule ? [0, 0.9] : [null]),
    learningRates: options.learningRates ?? ownRates,
    optimizer,
    layers: options.layers ?? problem.layers ?? [16],
    activation: options.activation ?? problem.activation ?? "tanh",
    loss: options.loss ?? problem.loss ?? "meanSquaredError",
    budget: options.budget ?? { unit: "epochs" as const, amount: problem.epochs ?? 30 },
    // Another loss than the problem's own is on another scale.
    targetLoss: options.targetLoss,
    problemTarget: options.loss === undefined ? problem.targetLoss : undefined,
    repeats: options.repeats ?? 3,
    seed: options.seed ?? 42,
    backends: options.backends,
    compile: options.compile ?? "auto",
    fairLearningRates,
    sliceResolution: options.sliceResolution ?? 31,
    command: options.command ?? null,
    onProgress: options.onProgress,
    onPoint: options.onPoint,
    onRunEnd: options.onRunEnd,
    signal,
    runJob,
    workers: options.workers ?? 1,
  };
  expectRegimes(settings);
  expectNumbers(settings);
  expectSwitches(settings);
  return settings;
}

/** What a comparison is to do. */
export type ComparisonSettings = ReturnType<typeof resolveOptions>;

function expectRegimes(settings: ComparisonSettings): void {
  const { batchSizes, momenta, learningRates, layers, optimizer } = settings;
  const expectList = (name: string, list: readonly unknown[]) => {
    const isList = Array.isArray(list) && list.length > 0 && new Set(list).size === list.length;
    expectHyperparameter(isList, who, name, "an array of one value or more, each once", list);
  };
  expectList("batchSizes", batchSizes);
  for (const batchSize of batchSizes) expectBatchSize(who, batchSize);
  expectList("momenta", momenta);
  expectList("learningRates", learningRates);
  const isLayers = Array.isArray(layers) && layers.every(isPositiveInteger);
  expectHyperparameter(isLayers, who, "layers", "an array of whole numbers above 0, or an empty one", layers);
  // The rule itself knows best which rates make sense.
  for (const momentum of momenta) {
    for (const learningRate of learningRates) makeRule(optimizer, { learningRate, momentum }).dispose();
  }
  resolveActivation(settings.activation);
  resolveLoss(settings.loss);
}

const units: readonly BudgetUnit[] = ["epochs", "steps", "samples", "seconds"];

function expectNumbers({ budget, targetLoss, repeats, seed, sliceResolution, workers }: ComparisonSettings): void {
  expectOptions(`${who}'s budget`, budget, ["unit", "amount"]);
  const { unit, amount } = budget;
  expectHyperparameter(units.includes(unit), `${who}'s budget`, "unit", `one of ${units.join(", ")}`, unit);
  const isAmount = unit === "seconds" ? Number.isFinite(amount) && amount > 0 : isPositiveInteger(amount);
  const expected = unit === "seconds" ? "a number above 0" : "a whole number above 0";
  expectHyperparameter(isAmount, `${who}'s budget`, "amount", expected, amount);
  const isTarget = targetLoss === undefined || Number.isFinite(targetLoss);
  expectHyperparameter(isTarget, who, "targetLoss", "a finite number", targetLoss);
  expectHyperparameter(isPositiveInteger(repeats), who, "repeats", "a whole number above 0", repeats);
  const isSeed = Number.isSafeInteger(seed) && Number.isSafeInteger(seed + repeats);
  expectHyperparameter(isSeed, who, "seed", "a whole number", seed);
  const isResolution = sliceResolution === 0 || (isCount(sliceResolution) && sliceResolution >= 2);
  expectHyperparameter(isResolution, who, "sliceResolution", "0, or a whole number from 2", sliceResolution);
  expectHyperparameter(isPositiveInteger(workers), who, "workers", "a whole number above 0", workers);
}

function expectSwitches(settings: ComparisonSettings): void {
  const { compile, fairLearningRates, signal, runJob, workers, backends, optimizer, loss } = settings;
  const isFunction = (value: unknown) => value === undefined || typeof value === "function";
  const isWay = (["auto", false] as readonly unknown[]).includes(compile);
  expectHyperparameter(isWay, who, "compile", '"auto" or false', compile);
  expectHyperparameter(
    typeof fairLearningRates === "boolean",
    who,
    "fairLearningRates",
    "true or false",
    fairLearningRates,
  );
  const isSignal = signal === undefined || signal instanceof AbortSignal;
  expectHyperparameter(isSignal, who, "signal", "an AbortSignal, a controller's signal", signal);
  for (const listener of ["onProgress", "onPoint", "onRunEnd"] as const) {
    expectHyperparameter(isFunction(settings[listener]), who, listener, "a function", settings[listener]);
  }
  expectHyperparameter(isFunction(runJob), who, "runJob", "a function that takes a job and runs it", runJob);
  const isBackends = backends === undefined || (Array.isArray(backends) && backends.length > 0);
  expectHyperparameter(isBackends, who, "backends", 'an array of names, such as ["wasm", "cpu"]', backends);
  const mend = "Here jobs run one at a time: give runJob, which hands them to workers.";
  expectHyperparameter(workers === 1 || runJob !== undefined, who, "workers", "1 without runJob", workers, mend);
  const isPlain = [optimizer, loss, settings.activation].every((part) => typeof part === "string");
  const names = "Name the optimizer, the loss and the activation: a function cannot be sent to a worker.";
  expectHyperparameter(
    isPlain || runJob === undefined,
    `${who} with functions of one's own`,
    "runJob",
    "left out",
    runJob,
    names,
  );
}
