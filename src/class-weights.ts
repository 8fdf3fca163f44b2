import { ShapeError } from "./errors.ts";
import { expectHyperparameter, isFloat32FromZero } from "./hyperparameter.ts";
import { expectDistributions, expectLabels } from "./losses/expect-target-values.ts";
import { formatShape, type Shape } from "./shape.ts";

/** How much a sample counts by its class: `{ 0: 1, 1: 5 }`. A class that is not named counts 1. */
export type ClassWeight = Readonly<Record<number, number>>;

/**
 * Each sample's weight by its class, for the loss: `{ 0: 1, 1: 5 }` has the samples of class 1 count five times.
 *
 * Targets [samples] or [samples, 1] hold labels: 0 and 1 where the prediction has one output, otherwise 0 … outputs − 1.
 * Targets [samples, classes] hold one-hot rows, or distributions, whose largest share is the class (the first of equal
 * ones). A class without a weight counts 1, as in Keras; unlike there, targets that are no classes are refused, not
 * rounded, and so is a weight for a class that there is not.
 *
 * @param values the targets, row-major, of targetShape
 * @param name what `fit` names the targets
 * @returns w [samples]
 * @throws HyperparameterError for a weight below 0 or not finite, or of no class; ShapeError, DataError (with the row) for
 * targets that are no classes
 */
export function sampleWeightsOf(
  classWeight: ClassWeight,
  values: Float32Array,
  targetShape: Shape,
  predictionShape: Shape,
  name = "y",
): Float32Array {
  const [samples = 0, columns = 1] = targetShape;
  const outputs = predictionShape.length > 1 ? (predictionShape.at(-1) as number) : 1;
  const hasColumn = targetShape.length === 1 || (targetShape.length === 2 && columns === 1);
  const classes = hasColumn ? Math.max(2, outputs) : columns;
  expectClassWeight(classWeight, classes);
  if (hasColumn) expectLabels(name, values, classes, mend);
  else if (targetShape.length === 2) expectDistributions(name, values, targetShape, mend);
  else throw noClasses(name, targetShape);
  const classOf = (sample: number): number =>
    hasColumn ? (values[sample] as number) : largest(values.subarray(sample * columns, (sample + 1) * columns));
  return Float32Array.from({ length: samples }, (_, sample) => classWeight[classOf(sample)] ?? 1);
}

const mend = "A weight by class needs targets that are classes; for others, give each sample a weight of its own.";

function noClasses(name: string, targetShape: Shape): ShapeError {
  const message =
    `fit expects one class for each sample where classes have weights: ${name} of shape [samples], [samples, 1] or ` +
    `[samples, classes], got ${formatShape(targetShape)}. Give each sample a weight of its own instead.`;
  return new ShapeError(message, [null, null], targetShape);
}

/** @throws HyperparameterError */
function expectClassWeight(classWeight: unknown, classes: number): void {
  // A Map has no keys that Object.entries would find, and would weigh nothing.
  const isRecord = typeof classWeight === "object" && classWeight !== null && !(Symbol.iterator in classWeight);
  expectHyperparameter(isRecord, "fit", "classWeight", "an object such as { 0: 1, 1: 5 }", classWeight);
  for (const [key, weight] of Object.entries(classWeight as object)) {
    // "01" and "1.0" would never be looked up.
    const isClass = String(Number(key)) === key && Number.isInteger(Number(key)) && Number(key) >= 0;
    const range = `classes 0 to ${classes - 1}, by number`;
    expectHyperparameter(isClass && Number(key) < classes, "fit", "classWeight's keys", range, key);
    expectHyperparameter(isFloat32FromZero(weight), "fit", `classWeight[${key}]`, "a finite number, 0 or more", weight);
  }
}

/** The position of the largest number, the first of equal ones. */
function largest(numbers: Float32Array): number {
  return numbers.reduce((best, number, index) => (number > (numbers[best] as number) ? index : best), 0);
}
