import * as tf from "@tensorflow/tfjs-core";

/** Samples that belong together: x [samples, …input] and y [samples, …target]. */
export interface Samples {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
}

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
export function sliceSamples({ x, y }: Samples, range: BatchRange): Samples {
  return { x: sliceRows(x, range), y: sliceRows(y, range) };
}

/** The samples in another order: one gathering an epoch, so that each batch is a plain slice. The caller disposes. */
export function reorderSamples({ x, y }: Samples, order: Int32Array): Samples {
  return tf.tidy(() => {
    const indices = tf.tensor1d(order, "int32");
    return { x: tf.gather(x, indices), y: tf.gather(y, indices) };
  });
}

/** Frees both tensors. */
export function disposeSamples({ x, y }: Samples): void {
  x.dispose();
  y.dispose();
}
