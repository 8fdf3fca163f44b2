import type * as tf from "@tensorflow/tfjs-core";

/** A scalar of target and prediction [batch, …] that is averaged over the samples. Losses are such. */
export type MetricFunction = (target: tf.Tensor, prediction: tf.Tensor) => tf.Scalar;

/**
 * A quantity of all samples that is no mean of its values in the batches, such as a root or a ratio of sums. Of each
 * batch a few scalars are taken on the backend; from those of all batches one number is made on the host, in float64.
 *
 *     const largestError: AggregateMetric = {
 *       name: "largestError",
 *       measure: (target, prediction) => [tf.max(tf.abs(tf.sub(target, prediction)))],
 *       combine: (rows) => Math.max(...rows.flat()),
 *     };
 */
export interface AggregateMetric {
  /** Under which the history holds it. */
  readonly name: string;
  /** The scalars of a batch, as many for each. The caller tidies. */
  measure(target: tf.Tensor, prediction: tf.Tensor): tf.Scalar[];
  /**
   * @param rows the scalars of each batch, in order
   * @param sizes the samples in each batch
   */
  combine(rows: readonly (readonly number[])[], sizes: readonly number[]): number;
}

/** What is watched but not descended on. */
export type Metric = MetricFunction | AggregateMetric;
