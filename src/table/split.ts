import { HyperparameterError, DataError } from "../errors.ts";
import { RandomStream } from "../random.ts";

/** The rows of a table in three parts, each row in one of them. */
export interface Split {
  /** What the network and the baselines learn from. */
  readonly training: Int32Array;
  /** What tells when to stop. */
  readonly validation: Int32Array;
  /** What is not looked at until the end. */
  readonly test: Int32Array;
}

/** Of what is not tested on. */
const validationFraction = 0.2;

const fewestRows = 10;

/**
 * Deals the rows out at random: a fraction of them to test on, a fifth of the others to validate on.
 *
 * @param labels of a classification, each row's class: then each part gets its share of every class
 * @throws DataError for fewer than 10 rows; HyperparameterError for a fraction that leaves a part empty
 */
export function splitRows(
  count: number,
  { seed, testFraction, labels }: { seed: number; testFraction: number; labels?: Uint16Array | undefined },
): Split {
  if (count < fewestRows) {
    throw new DataError(`${count} rows with a target are too few to train, validate and test on: give ${fewestRows}.`);
  }
  const order = new RandomStream(seed, "split").permutation(count);
  // A stable sort: within a class the order stays random.
  if (labels !== undefined) order.sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0));
  const [others, test] = pick(order, testFraction);
  const [training, validation] = pick(others, validationFraction);
  if (training.length > 0 && validation.length > 0 && test.length > 0) return { training, validation, test };
  const message =
    `A test fraction of ${testFraction} of ${count} rows leaves ${training.length} to train on, ` +
    `${validation.length} to validate on and ${test.length} to test on. Each wants at least one.`;
  throw new HyperparameterError(message, "testFraction", testFraction);
}

/** Picks a fraction evenly from the order, so that each stretch of it gives its share: the others, then those picked. */
function pick(order: Int32Array, fraction: number): [Int32Array, Int32Array] {
  // 100 · 0.29 is 28.999999999999996: no rounding is as large as 1e-9.
  const pickedBefore = (index: number) => Math.floor(index * fraction + 1e-9);
  const isPicked = (index: number) => pickedBefore(index + 1) > pickedBefore(index);
  return [order.filter((_, index) => !isPicked(index)), order.filter((_, index) => isPicked(index))];
}
