import * as tf from "@tensorflow/tfjs-core";
import { expectTargetShape } from "../losses/target-shape.ts";
import type { AggregateMetric } from "./metric.ts";

/** Of one output over some samples: their number, their targets' mean, Σ (y − mean)² and Σ (y − a)². */
interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
  readonly errors: number;
}

/**
 * The coefficient of determination, the mean over outputs of
 *
 *     R² = 1 − Σᵢ (yᵢ − aᵢ)² / Σᵢ (yᵢ − ȳ)²
 *
 * y target [batch, outputs], a prediction [batch, outputs], ȳ the mean of all samples: 1 where all is predicted, 0 for
 * what the mean itself would reach, below 0 for worse. As Keras's R2Score with its uniform average. A target that never
 * changes counts 1 if it is predicted exactly, otherwise 0, as in scikit-learn (Keras: NaN, and 0).
 *
 * Batches are combined from sums of differences alone, since Σ y² − n ȳ² would cancel where ȳ is large. Four scalars are
 * read for each output of each batch. Chan, Golub and LeVeque, 1983, https://doi.org/10.1080/00031305.1983.10483115
 *
 * Its `measure` throws a ShapeError if the shapes differ.
 */
export const r2Score: AggregateMetric = {
  name: "r2",
  measure(target, prediction) {
    expectTargetShape("numbers", "r2", "a target", target.shape, prediction.shape);
    const [samples = 1] = target.shape;
    const columns: [number, number] = [samples, target.size / samples];
    const y = tf.reshape(target, columns);
    // Differences from a sample, not from float32's mean: they are exactly 0 where the target never changes.
    const pivot = tf.slice(y, [0, 0], [1, columns[1]]);
    const differences = tf.sub(y, pivot);
    const errors = tf.sum(tf.squaredDifference(y, tf.reshape(prediction, columns)), 0);
    const sums = [tf.sum(differences, 0), tf.sum(tf.square(differences), 0), errors];
    const parts = [tf.reshape(pivot, [columns[1]]), ...sums];
    return tf.unstack(tf.concat(parts)) as tf.Scalar[];
  },
  combine(rows, sizes) {
    const outputs = (rows[0]?.length ?? 0) / 4;
    const scores = Array.from({ length: outputs }, (_, output) => {
      const spreads = rows.map((row, batch) => spreadOf(row, output, outputs, sizes[batch] as number));
      return score(spreads.reduce(merge));
    });
    return scores.reduce((sum, value) => sum + value, 0) / outputs;
  },
};

function spreadOf(row: readonly number[], output: number, outputs: number, count: number): Spread {
  const part = (index: number) => row[index * outputs + output] ?? NaN;
  const [pivot, sum, squares, errors] = [part(0), part(1), part(2), part(3)];
  return { count, mean: pivot + sum / count, squares: squares - (sum * sum) / count, errors };
}

function merge(a: Spread, b: Spread): Spread {
  const count = a.count + b.count;
  const between = b.mean - a.mean;
  return {
    count,
    mean: a.mean + (between * b.count) / count,
    squares: a.squares + b.squares + (between * between * a.count * b.count) / count,
    errors: a.errors + b.errors,
  };
}

function score({ squares, errors }: Spread): number {
  if (squares > 0 || Number.isNaN(squares + errors)) return 1 - errors / squares;
  return errors === 0 ? 1 : 0;
}
