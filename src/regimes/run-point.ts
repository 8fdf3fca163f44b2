import type { Curve } from "./regime.ts";

/** One point of a run's curve, told as soon as it is measured. */
export interface CurvePoint {
  /** Passes over the training samples, fractions too. */
  readonly epochs: number;
  readonly steps: number;
  /** Samples that steps were taken on, each as often as it was seen. */
  readonly samples: number;
  /**
   * Of training alone, and preliminary: steps that were recorded to be compiled count as long as the mean of the others, and
   * that mean is the one so far. As long as every step was recorded, it is theirs, and much too long; so a later point may
   * tell of fewer seconds than an earlier one. The run's `curve` has the final ones.
   */
  readonly seconds: number;
  /** On all training samples, null where not finite. */
  readonly trainingLoss: number | null;
  /** On all validation samples, null where not finite or there are none. */
  readonly validationLoss: number | null;
}

/** A point of one of a comparison's runs. */
export interface RunPoint extends CurvePoint {
  /** The regime's place in the comparison's `regimes`. */
  readonly regime: number;
  /** Counted from 0. */
  readonly repeat: number;
}

/** The curve of a run of which nothing came but its points. No point is later than those after it. */
export function curveOf(points: readonly CurvePoint[]): Curve {
  const isValidated = points.some(({ validationLoss }) => validationLoss !== null);
  let latest = Infinity;
  const seconds = points.toReversed().map((point) => (latest = Math.min(latest, point.seconds)));
  return {
    epochs: points.map(({ epochs }) => epochs),
    steps: points.map(({ steps }) => steps),
    samples: points.map(({ samples }) => samples),
    seconds: seconds.toReversed(),
    trainingLoss: points.map(({ trainingLoss }) => trainingLoss),
    validationLoss: isValidated ? points.map(({ validationLoss }) => validationLoss) : null,
  };
}
