import type { RegimeRow, RegimeRun } from "./regime.ts";

/**
 * What a comparison of regimes came to: plain data, the same in memory, in a JSON file and in a report. Numbers that do not
 * exist (a loss after a divergence, a target that was not reached) are null, as JSON has neither NaN nor infinity.
 */
export interface RegimeComparison {
  /** Tells the file from others. */
  readonly format: "rivulet-regime-comparison";
  /** Of this format: 1. */
  readonly formatVersion: 1;
  readonly problem: ProblemSummary;
  readonly network: NetworkSummary;
  /** What each run was given, the same for all regimes. */
  readonly budget: Budget;
  readonly target: Target;
  /** Runs of each regime, each from another seed. */
  readonly repeats: number;
  /** The seed of each repeat: initial weights and the order of the samples follow from it, alike for all regimes. */
  readonly seeds: readonly number[];
  /** In the order in which they were asked for. */
  readonly backends: readonly BackendSummary[];
  readonly machine: Machine;
  /** The command line that made it; null where a program called `compareRegimes`. */
  readonly command: string | null;
  /** When it began, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** From start to end, in seconds, everything included. */
  readonly wallSeconds: number;
  /** Jobs that ran at a time. */
  readonly workers: number;
  /** Whether what is measured in seconds, steps per second too, may be compared between regimes: only where jobs ran alone. */
  readonly secondsAreComparable: boolean;
  /** Why not; null where they are. */
  readonly whySecondsAreNot: string | null;
  /** Whether every run that was asked for was made. */
  readonly isComplete: boolean;
  /** Why not; null where it is. */
  readonly whyIncomplete: string | null;
  /** One for each regime, in the order of the table. */
  readonly regimes: readonly RegimeRow[];
  /** One for each regime and repeat, in that order; also those that diverged, failed or were stopped. */
  readonly runs: readonly RegimeRun[];
  /** The loss around the paths; null where it was not asked for, or no run has a path. */
  readonly slice: LossSlice | null;
  /** How each regime's learning rate was found; null where all were given. */
  readonly learningRateSweeps: readonly LearningRateSweep[] | null;
}

/** What was learnt. */
export interface ProblemSummary {
  /** `"sine"`; of a CSV file its name; else `"data"`. */
  readonly name: string;
  /** A sentence on what it is; empty where nobody gave one. */
  readonly description: string;
  readonly trainingSamples: number;
  /** 0 where there are none: then nothing is validated. */
  readonly validationSamples: number;
  /** Inputs of a sample. */
  readonly features: number;
  /** Outputs of a prediction. */
  readonly outputs: number;
}

/** What was trained: dense layers. */
export interface NetworkSummary {
  /** Units from the inputs to the outputs, `[1, 16, 1]`. */
  readonly layers: readonly number[];
  /** Of the hidden layers, `"tanh"`. The last layer is linear. */
  readonly activation: string;
  /** What is descended on, `"meanSquaredError"`. */
  readonly loss: string;
  /** Weights and biases, in all. */
  readonly parameters: number;
}

/** What a budget counts. */
export type BudgetUnit = "epochs" | "steps" | "samples" | "seconds";

/** What each run was given. It ends with the step that reaches the amount. */
export interface Budget {
  readonly unit: BudgetUnit;
  /** In that unit. Seconds are those of training alone: warm-up, tracing and measuring do not count. */
  readonly amount: number;
}

/** The loss whose reaching is timed: that on all training samples. */
export interface Target {
  readonly loss: number | null;
  /**
   * Where it comes from: `"asked"`, `"problem"` (a built-in problem's own), or `"best run"`: the loss at which nine tenths of
   * the deepest fall of any run are done.
   */
  readonly from: "asked" | "problem" | "best run";
}

/** What computed. */
export interface BackendSummary {
  /** `"wasm"` */
  readonly name: string;
  /** What it says of itself, `"wasm runs: tfjs 4.22.0, float32, 1 thread."` */
  readonly description: string;
}

/** Where it ran. */
export interface Machine {
  /** The processor's name; null where a page cannot know it. */
  readonly processor: string | null;
  /** Threads of execution that there are; null where that is not told. */
  readonly cores: number | null;
  /** `"Linux 6.1 x64"`; null where a page is not told. */
  readonly system: string | null;
  /** `"Node 20.20.2"`, or a browser's user agent. */
  readonly runtime: string;
  /** rivulet's version. */
  readonly rivulet: string;
  /** tfjs's version. */
  readonly tfjs: string;
  /** Processes that wanted to run when it began, a mean over the last minute; null where that is not told. */
  readonly load: number | null;
}

/**
 * The loss on all training samples over a plane through weight space:
 *
 *     loss(x, y) = C(origin + x · direction₁ + y · direction₂)
 */
export interface LossSlice {
  /**
   * `"parameters"`: the model has two weights, and the plane is all there is; a direction is a weight's. `"principal"`: the
   * plane in which the paths spread most, by the principal components of their points around the best end, as Li et al.,
   * 2018, Visualizing the Loss Landscape of Neural Nets, https://arxiv.org/abs/1712.09913
   */
  readonly kind: "parameters" | "principal";
  /** What the axes are called, `["dense_1/kernel", "dense_1/bias"]` or `["1st component", "2nd component"]`. */
  readonly axes: readonly [string, string];
  /** The repeat whose paths it goes through: others start elsewhere. Of a slice by parameters all have a path. */
  readonly repeat: number;
  /** One number for each weight. */
  readonly origin: readonly number[];
  /** Each of length 1, one number for each weight, at a right angle to the other. */
  readonly directions: readonly [readonly number[], readonly number[]];
  /** The share of the paths' spread that each direction holds, from 0 to 1; null for a slice by parameters. */
  readonly explained: readonly [number, number] | null;
  /** The grid's places along the first direction, ascending. */
  readonly x: readonly number[];
  /** Along the second. */
  readonly y: readonly number[];
  /** The losses, `losses[row][column]` at (x[column], y[row]); null where not finite. */
  readonly losses: readonly (readonly (number | null)[])[];
}

/** The search for one regime's own learning rate: the lowest final training loss at a smaller budget. */
export interface LearningRateSweep {
  /** The regime's place in `regimes`. */
  readonly regime: number;
  readonly budget: Budget;
  readonly tried: readonly {
    readonly learningRate: number;
    /** The final loss on all training samples; null where it diverged. */
    readonly loss: number | null;
  }[];
  /** Null where none kept the loss finite: the regime then ran at the least. */
  readonly chosen: number | null;
}
