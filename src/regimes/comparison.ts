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

/** What makes a regime. */
export interface Regime {
  /** Samples in a step, as asked for. */
  readonly batchSize: number | "full";
  /** μ; null for a rule that has none, or that the caller makes without. */
  readonly momentum: number | null;
  /** η, the one that it ran with. */
  readonly learningRate: number;
  /** The update rule, `"sgd"`; a rule of one's own by its class. */
  readonly optimizer: string;
  /** What computed, `"wasm"`. */
  readonly backend: string;
  /** Whether compiling the steps was asked for. */
  readonly compile: "auto" | false;
}

/** How a run ended: with its budget, on a loss that is not finite, by an error or its worker's death, or interrupted. */
export type RunStatus = "finished" | "diverged" | "failed" | "stopped";

/** One row of the table: a regime over its repeats. */
export interface RegimeRow extends Regime {
  /** Its place in `regimes`, which its runs name. */
  readonly index: number;
  /** What sets it apart from the others in words, `"batch 32, momentum 0.9"`. */
  readonly label: string;
  /** Samples in a step, as they were: no more than there are. */
  readonly realBatchSize: number;
  /** How its runs ended. */
  readonly counts: Readonly<Record<RunStatus, number>>;
  /** Why the first run that did not finish did not; null where all did. */
  readonly reason: string | null;
  /**
   * Over the repeats that finished, or if none did, over those that were cut short. In a target's columns a run that missed it
   * counts as infinite.
   */
  readonly measured: Readonly<Record<MeasuredColumn, Spread | null>>;
}

/**
 * What is measured of each run, and summarised in each row:
 *
 * - `steps`, `epochs`, `samples` that were trained, and the `seconds` that took
 * - `stepsPerSecond`, `samplesPerSecond`
 * - `stepsToTarget`, `epochsToTarget`, `samplesToTarget`, `secondsToTarget`: until the loss on all training samples was
 *   first seen at or below the target's; it is looked at where the curve has its points
 * - `trainingLoss`, `validationLoss`: the last, on all samples
 * - `noiseAtStart`, `noiseAtEnd`: `GradientNoise.relative`, no unit
 * - `warmUpSeconds`, `tracingSeconds`: what does not count as training
 */
export type MeasuredColumn =
  | "steps"
  | "epochs"
  | "samples"
  | "seconds"
  | "stepsPerSecond"
  | "samplesPerSecond"
  | "stepsToTarget"
  | "epochsToTarget"
  | "samplesToTarget"
  | "secondsToTarget"
  | "trainingLoss"
  | "validationLoss"
  | "noiseAtStart"
  | "noiseAtEnd"
  | "warmUpSeconds"
  | "tracingSeconds";

/** Where the values of several runs lie, in the unit of the column; null for one that is infinite. */
export interface Spread {
  readonly median: number | null;
  /** The lower and the upper quartile: of three runs, the least and the largest. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly least: number | null;
  readonly largest: number | null;
  /** Runs that have a finite value. */
  readonly count: number;
}

/** One run of a regime. */
export interface RegimeRun {
  /** The regime's place in `regimes`. */
  readonly regime: number;
  /** Counted from 0. */
  readonly repeat: number;
  readonly seed: number;
  readonly status: RunStatus;
  /** Why it did not finish, in a sentence; null where it did. */
  readonly reason: string | null;
  /** Whether its steps ran compiled; null where none was taken. */
  readonly compiled: boolean | null;
  /** What was measured of it; null where that does not exist. */
  readonly measured: Readonly<Record<MeasuredColumn, number | null>>;
  /** Its course, from before the first step on. Empty where nothing was measured. */
  readonly curve: Curve;
  /** How far the gradients of its batches spread, before the first step and after the last; null where not measured. */
  readonly gradientNoise: { readonly start: GradientNoise | null; readonly end: GradientNoise | null };
  /**
   * Where its weights were in the slice at each point of the curve; null where there is no slice, or the run started from
   * other weights than those that the slice goes through.
   */
  readonly path: Path | null;
}

/** The course of a run, column by column: all have the same length, and the first point is before the first step. */
export interface Curve {
  /** Passes over the training samples, fractions too. */
  readonly epochs: readonly number[];
  readonly steps: readonly number[];
  /** Samples that steps were taken on, each as often as it was seen. */
  readonly samples: readonly number[];
  /** Of training alone: without warm-up, tracing, shader compilation and the measuring of the curve. */
  readonly seconds: readonly number[];
  /** On all training samples with the weights at that point, null where not finite. */
  readonly trainingLoss: readonly (number | null)[];
  /** On all validation samples; null where there are none. */
  readonly validationLoss: readonly (number | null)[] | null;
}

/** A run's way through the slice, in its coordinates: as long as the curve. */
export interface Path {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * How far the gradients g_B of mini-batches are from the gradient g of all samples, at the same weights:
 *
 *     spread = √(E ‖g_B − g‖²),   relative = spread / ‖g‖
 *
 * with E the mean over `batches` batches of the regime's size, drawn as an epoch draws them: without putting back.
 */
export interface GradientNoise {
  /** No unit: 1 is noise as large as the signal. Null where g is 0. */
  readonly relative: number | null;
  /** In the gradient's unit, loss per weight. */
  readonly spread: number;
  /** ‖g‖, in the same unit. */
  readonly gradientNorm: number;
  /** Batches that it is a mean over; 1 for full batches, which are all the same. */
  readonly batches: number;
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
