import { DataError } from "../src/errors.ts";
import { expectHyperparameter } from "../src/hyperparameter.ts";
import { formatNumbers, type TypedNumbers } from "../src/nested-numbers.ts";

/** Each column's mean and biased variance. */
export interface ColumnMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * The moments of row-major values, in float64 and in two passes: the squares of large numbers would swallow a small
 * spread.
 *
 * @throws DataError for a column whose variance float32 does not hold
 */
export function columnMoments(name: string, values: ArrayLike<number>, columns: number): ColumnMoments {
  const rows = values.length / columns;
  const meanOf = (valueAt: (position: number, column: number) => number): Float64Array => {
    const sums = new Float64Array(columns);
    for (let position = 0; position < values.length; position++) {
      const column = position % columns;
      sums[column] = (sums[column] as number) + valueAt(position, column);
    }
    return sums.map((sum) => sum / rows);
  };
  const mean = meanOf((position) => values[position] as number);
  const variance = meanOf((position, column) => ((values[position] as number) - (mean[column] as number)) ** 2);
  const wide = variance.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (wide < 0) return { mean, variance };
  const deviation = formatNumbers(Math.sqrt(variance[wide] as number));
  const message = `${name} spreads too far in column ${wide}: its standard deviation is ${deviation}, its square beyond float32.`;
  throw new DataError(`${message} Divide that column by something first.`);
}

/** Moments of the user's own, checked. @throws HyperparameterError */
export function givenMoments(
  who: string,
  mean: readonly number[] | TypedNumbers | undefined,
  variance: readonly number[] | TypedNumbers | undefined,
): ColumnMoments | undefined {
  if (mean === undefined && variance === undefined) return undefined;
  expectHyperparameter(isNumbers(mean), who, "mean", "an array of finite numbers", mean);
  const means = Float64Array.from(mean ?? []);
  const variances = Float64Array.from(isNumbers(variance) ? (variance ?? []) : []);
  const isVariance = isNumbers(variance) && variances.length === means.length && variances.every((value) => value >= 0);
  const expected = "an array of finite numbers, 0 or more, as many as mean has";
  expectHyperparameter(isVariance, who, "variance", expected, variance);
  return { mean: means, variance: variances };
}

function isNumbers(value: readonly number[] | TypedNumbers | undefined): boolean {
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  return (
    isList && Array.from(value).every((number) => typeof number === "number" && Number.isFinite(Math.fround(number)))
  );
}

/** Says which columns hold one value only: scaled by next to nothing, any other value there becomes huge. */
export function warnOfConstants(name: string, { mean, variance }: ColumnMoments): void {
  const constants = [...variance.keys()].filter((column) => variance[column] === 0);
  const [first] = constants;
  if (first === undefined) return;
  const which =
    constants.length === 1 ? `Column ${first} of ${name} is` : `Columns ${listed(constants)} of ${name} are`;
  const value = constants.length === 1 ? ` (${formatNumbers(mean[first] as number)})` : "";
  console.warn(
    `${which} constant${value}: normalised to 0, and any other value there to ten million times its distance. ` +
      "Leave out what says nothing.",
  );
}

function listed(columns: readonly number[]): string {
  const most = 8;
  return columns.length <= most
    ? columns.join(", ")
    : `${columns.slice(0, most).join(", ")} and ${columns.length - most} more`;
}
