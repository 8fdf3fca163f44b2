/**
 * What was seen of a run that diverged or learnt nothing, likely causes first: plain data, for a file as for a message.
 * `message` says what was seen and what to try; the rest are its numbers, all of them finite.
 */
export type Finding =
  | StandsStill
  | UnscaledData
  | UndefinedLoss
  | LearningRateTooLarge
  | LearningRateTooSmall
  | UnitsWithoutSlope
  | UnevenGradients;

/** The loss went nowhere, and is no better than one prediction for all samples. */
export interface StandsStill {
  readonly kind: "standsStill";
  readonly message: string;
  /** The loss of the first epoch, and of the last. */
  readonly first: number;
  readonly last: number;
  /** On the samples that were looked at: the loss, and the least of a prediction that is the same for all of them. */
  readonly loss: number;
  readonly constantLoss: number;
}

/** Inputs or targets are far from −1 … 1, or their columns far apart. */
export interface UnscaledData {
  readonly kind: "unscaledInputs" | "unscaledTargets";
  readonly message: string;
  /** The worst column, counted from 0; of samples that are no rows, the position among a sample's values. */
  readonly column: number;
  /** The range of that column. */
  readonly smallest: number;
  readonly largest: number;
}

/** The loss is no number at weights that are finite. */
export interface UndefinedLoss {
  readonly kind: "undefinedLoss";
  readonly message: string;
  readonly loss: "NaN" | "Infinity" | "-Infinity";
}

/** Steps overshoot. */
export interface LearningRateTooLarge {
  readonly kind: "learningRateTooLarge";
  readonly message: string;
  readonly learningRate: number;
  /** An estimate of the largest one at which descent is stable; left out for a rule that has no such bound. */
  readonly largestStable?: number;
  /** λ, the largest eigenvalue of the loss's Hessian, that it follows from. */
  readonly curvature?: number;
}

/** Steps are far too short to get anywhere. */
export interface LearningRateTooSmall {
  readonly kind: "learningRateTooSmall";
  readonly message: string;
  readonly learningRate: number;
  /** The rate of one plain step that was tried, and the loss before and after it. */
  readonly tried: number;
  readonly loss: number;
  readonly lossAfter: number;
}

/** Units whose activation hardly changes with its input, so that no gradient passes them. */
export interface UnitsWithoutSlope {
  /** Saturated: sigmoids at their ends, counted by activation. Dead: relus at 0 for every sample, counted by unit. */
  readonly kind: "saturatedUnits" | "deadUnits";
  readonly message: string;
  /** The layers where that holds for at least half, and for what share. */
  readonly layers: readonly { readonly name: string; readonly share: number }[];
}

/** The gradients shrink or grow beyond measure on their way back through the layers. */
export interface UnevenGradients {
  readonly kind: "vanishingGradients" | "explodingGradients";
  readonly message: string;
  /** Of every kernel, from the first to the last: the Euclidean norms of its gradient and of itself. */
  readonly kernels: readonly { readonly name: string; readonly gradientNorm: number; readonly norm: number }[];
}
