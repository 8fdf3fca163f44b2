import { meanSquaredError } from "../losses/regression.ts";
import type { AggregateMetric } from "./metric.ts";

/**
 * Root mean squared error over all samples, in the target's unit:
 *
 *     √(1/(n d) Σ (y − a)²)
 *
 * y target [batch, outputs], a prediction [batch, outputs]. The root is taken once, of the whole mean, as in Keras: the
 * mean of the batches' roots would be smaller, and depend on the batch size.
 *
 * Its `measure` throws a ShapeError if the shapes differ.
 */
export const rootMeanSquaredError: AggregateMetric = {
  name: "rmse",
  measure: (target, prediction) => [meanSquaredError(target, prediction)],
  combine(rows, sizes) {
    const sum = rows.reduce((total, [mean = NaN], batch) => total + mean * (sizes[batch] as number), 0);
    return Math.sqrt(sum / sizes.reduce((count, size) => count + size, 0));
  },
};
