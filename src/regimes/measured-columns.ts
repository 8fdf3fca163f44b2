import type { Target } from "./comparison.ts";
import type { Curve, MeasuredColumn, RegimeRun } from "./regime.ts";
import type { JobOutcome } from "./job.ts";

/** A run's numbers by column; null where there is none. */
export type MeasuredValues = RegimeRun["measured"];

/** Those that a run that missed the target has at infinity. */
export const targetColumns = ["stepsToTarget", "epochsToTarget", "samplesToTarget", "secondsToTarget"] as const;

/** All of them. */
export const measuredColumns = [
  "steps",
  "epochs",
  "samples",
  "seconds",
  "stepsPerSecond",
  "samplesPerSecond",
  ...targetColumns,
  "trainingLoss",
  "validationLoss",
  "noiseAtStart",
  "noiseAtEnd",
  "warmUpSeconds",
  "tracingSeconds",
] as const satisfies readonly MeasuredColumn[];

/** What was measured of a run. */
export function measuredOf(outcome: JobOutcome, target: Target): MeasuredValues {
  const { curve, gradientNoise, stepsPerSecond, warmUpSeconds, tracingSeconds } = outcome;
  const last = pointAt(curve, curve.steps.length - 1);
  const reached = pointAt(curve, placeOfTarget(curve, target));
  const samplesPerStep = last.steps ? (last.samples ?? 0) / last.steps : null;
  return {
    ...last,
    stepsPerSecond,
    samplesPerSecond: stepsPerSecond === null || samplesPerStep === null ? null : stepsPerSecond * samplesPerStep,
    stepsToTarget: reached.steps,
    epochsToTarget: reached.epochs,
    samplesToTarget: reached.samples,
    secondsToTarget: reached.seconds,
    noiseAtStart: gradientNoise.start?.relative ?? null,
    noiseAtEnd: gradientNoise.end?.relative ?? null,
    warmUpSeconds,
    tracingSeconds,
  };
}

/** One point of a curve; nulls where there is none. */
function pointAt(curve: Curve, index: number) {
  const of = (column: readonly (number | null)[] | null) => column?.[index] ?? null;
  return {
    steps: of(curve.steps),
    epochs: of(curve.epochs),
    samples: of(curve.samples),
    seconds: of(curve.seconds),
    trainingLoss: of(curve.trainingLoss),
    validationLoss: of(curve.validationLoss),
  };
}

/** The first point at which the target was reached, below 0 if there is none. */
function placeOfTarget({ trainingLoss }: Curve, target: Target): number {
  const goal = target.loss;
  return goal === null ? -1 : trainingLoss.findIndex((loss) => loss !== null && loss <= goal);
}
