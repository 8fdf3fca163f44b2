import { formatIndex, indexOf } from "../data.ts";
import { DataError } from "../errors.ts";
import type { Loss } from "../losses.ts";
import { formatNumbers } from "../nested-numbers.ts";
import type { Shape } from "../shape.ts";
import { traitsOf } from "./loss-traits.ts";

/**
 * Refuses targets whose values the loss would take for something else: labels that are no class, rows that are no
 * distribution over classes, fractions outside [0, 1]. Of the shape that `expectTarget` asks for. A function of the user's
 * may take any values.
 *
 * @param values the targets, row-major
 * @param name what the call that was given them names them
 * @throws DataError with the row
 */
export function expectTargetValues(
  loss: Loss,
  values: Float32Array,
  shape: Shape,
  predictionShape: Shape,
  name = "y",
): void {
  const kind = traitsOf(loss)?.target;
  const classes = predictionShape.at(-1) ?? 1;
  if (kind === "labels") expectLabels(name, values, classes);
  if (kind === "distributions") expectDistributions(name, values, shape);
  if (kind === "fractions") expectFractions(name, values, shape);
}

/** @param mend what to change; otherwise what the label itself suggests @throws DataError with the row */
export function expectLabels(name: string, values: Float32Array, classes: number, mend?: string): void {
  const row = values.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (row < 0) return;
  const label = values[row] as number;
  const suggested =
    Number.isInteger(label) && label >= classes
      ? "Count the classes from 0, and give the last layer a unit for each."
      : "Number the classes 0, 1, 2, …";
  const message =
    `${name} holds ${formatNumbers(label)} at ${formatIndex([row])}, but labels of ${classes} classes are the whole ` +
    `numbers from 0 to ${classes - 1}. ${mend ?? suggested}`;
  throw new DataError(message, [row]);
}

/**
 * How far from 1 a row's sum may be. Rounding to float32 moves it by less than 1e-6; this lets probabilities of ten classes
 * pass that were written down to three decimals, but no row of counts, of percentages or of two ones.
 */
const sumTolerance = 1e-2;

/** Refuses rows along the last axis that are no distributions. @throws DataError with the row */
export function expectDistributions(name: string, values: Float32Array, shape: Shape, mend?: string): void {
  const classes = shape.at(-1) ?? 1;
  for (let start = 0; start < values.length; start += classes) {
    let sum = 0;
    for (let position = start; position < start + classes; position++) {
      const value = values[position] as number;
      if (!(value >= 0)) throw negativeShare(name, value, indexOf(position, shape));
      sum += value;
    }
    if (!(Math.abs(sum - 1) <= sumTolerance)) throw wrongSum(name, sum, indexOf(start, shape).slice(0, -1), mend);
  }
}

function negativeShare(name: string, value: number, index: readonly number[]): DataError {
  const message =
    `${name} holds ${formatNumbers(value)} at ${formatIndex(index)}, but no class has a share below 0: each row is ` +
    "one-hot, or a distribution over the classes.";
  return new DataError(message, index);
}

const divideBySum = "Divide each row by its sum; where several classes may hold at once, take binaryCrossentropy.";

function wrongSum(name: string, sum: number, index: readonly number[], mend = divideBySum): DataError {
  const message =
    `${name} sums to ${formatNumbers(sum)} over the classes at ${formatIndex(index)}, but each row is one-hot, or a ` +
    `distribution over the classes, with sum 1. ${mend}`;
  return new DataError(message, index);
}

function expectFractions(name: string, values: Float32Array, shape: Shape): void {
  const position = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (position < 0) return;
  const index = indexOf(position, shape);
  const message =
    `${name} holds ${formatNumbers(values[position] as number)} at ${formatIndex(index)}, but the targets of a binary ` +
    "cross-entropy lie between 0 and 1. Code the two classes as 0 and 1; for more classes take " +
    "sparseCategoricalCrossentropy, with an output for each.";
  throw new DataError(message, index);
}
