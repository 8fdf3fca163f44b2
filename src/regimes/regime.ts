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
  /** The lower and the upper quartile, between two runs in a straight line: of 1, 2 and 4 they are 1.5 and 3. */
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
