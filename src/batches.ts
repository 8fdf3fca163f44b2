import * as tf from "@tensorflow/tfjs-core";

/**
 * Samples that belong together: x [samples, …input], y [samples, …target], and weights [samples] of their losses where
 * those differ. A type, not an interface: tf.tidy passes it on.
 */
export type Samples = {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
  readonly weights?: tf.Tensor1D;
};

/** A run of samples: batch descent has one for all, stochastic descent one for each. */
export interface BatchRange {
  readonly start: number;
  readonly size: number;
}

/** Cuts 0 … count − 1 into runs of batchSize; the last one may be smaller. */
export function batchRanges(count: number, batchSize: number): BatchRange[] {
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, index) => {
    const start = index * batchSize;
    return { start, size: Math.min(batchSize, count - start) };
  });
}

/** Those rows of a tensor; the tensor itself where that is all of them. The caller tidies. */
export function sliceRows(tensor: tf.Tensor, { start, size }: BatchRange): tf.Tensor {
  return size === tensor.shape[0] ? tensor : tf.slice(tensor, [start], [size]);
}

/** The samples of a range. The caller tidies. */
export function sliceSamples({ x, y, weights }: Samples, range: BatchRange): Samples {
  const pair = { x: sliceRows(x, range), y: sliceRows(y, range) };
  return weights === undefined ? pair : { ...pair, weights: sliceRows(weights, range) as tf.Tensor1D };
}

/** The samples in another order: one gathering an epoch, so that each batch is a plain slice. The caller disposes. */
export function reorderSamples({ x, y, weights }: Samples, order: Int32Array): Samples {
  return tf.tidy(() => {
    const indices = tf.tensor1d(order, "int32");
    const pair = { x: tf.gather(x, indices), y: tf.gather(y, indices) };
    return weights === undefined ? pair : { ...pair, weights: tf.gather(weights, indices) };
  });
}

/** The same samples, each of which counts 1 again. Frees the weights. */
export function withoutWeights({ x, y, weights }: Samples): Samples {
  weights?.dispose();
  return { x, y };
}

/** Frees the tensors. */
export function disposeSamples({ x, y, weights }: Samples): void {
  x.dispose();
  y.dispose();
  weights?.dispose();
}
