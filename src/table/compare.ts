import {
  accuracyOf,
  crossEntropyOf,
  regressionError,
  type ClassificationError,
  type RegressionError,
} from "./test-error.ts";
import type { TargetScale } from "./encode.ts";
import type { Split } from "./split.ts";
import type { Task } from "./task.ts";

/** Predictions of the test rows as linear least squares and the network give them, [rows, outputs]. */
export interface Predictions {
  /** Undefined where it was not computed. */
  readonly linear: Float64Array | undefined;
  readonly network: Float64Array;
}

/** How well each one predicts the test rows. */
export type Comparison =
  | { readonly kind: "regression"; readonly rows: readonly { readonly by: string; readonly error: RegressionError }[] }
  | {
      readonly kind: "classification";
      readonly rows: readonly { readonly by: string; readonly error: ClassificationError }[];
    };

const linearName = "linear least squares";
const networkName = "the network";

/**
 * The test errors of three predictions: of what the training rows' targets alone say (their mean, their commonest class),
 * of linear least squares on the network's inputs, and of the network.
 */
export function compare(task: Task, scale: TargetScale, split: Split, predictions: Predictions): Comparison {
  const { linear, network } = predictions;
  if (task.kind === "regression") {
    const targets = Float64Array.from(split.test, (row) => task.values[row] ?? NaN);
    const undo = (standardised: Float64Array) => standardised.map((value) => value * scale.deviation + scale.mean);
    const row = (by: string, predicted: Float64Array) => ({ by, error: regressionError(targets, predicted) });
    const rows = [
      row(
        "the mean",
        targets.map(() => scale.mean),
      ),
    ];
    if (linear !== undefined) rows.push(row(linearName, undo(linear)));
    return { kind: "regression", rows: [...rows, row(networkName, undo(network))] };
  }
  const labels = Uint16Array.from(split.test, (row) => task.labels[row] ?? 0);
  const row = (by: string, scores: Float64Array, areLogits: boolean) => ({
    by,
    error: {
      accuracy: accuracyOf(labels, scores),
      crossEntropy: areLogits ? crossEntropyOf(labels, scores) : undefined,
    },
  });
  const rows = [row("the commonest class", shareLogits(task, split), true)];
  if (linear !== undefined) rows.push(row(linearName, linear, false));
  return { kind: "classification", rows: [...rows, row(networkName, network, true)] };
}

/** For each test row the logarithms of the classes' counts in the training rows, each plus 1: none is impossible. */
function shareLogits({ classes, labels }: Extract<Task, { kind: "classification" }>, split: Split): Float64Array {
  const counts = new Float64Array(classes.length).fill(1);
  for (const row of split.training) {
    const label = labels[row] ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  const logits = counts.map(Math.log);
  const all = new Float64Array(split.test.length * logits.length);
  for (let row = 0; row < split.test.length; row++) all.set(logits, row * logits.length);
  return all;
}
