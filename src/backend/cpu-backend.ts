import type * as tf from "@tensorflow/tfjs-core";

/** What is used here of tfjs's backend in plain JavaScript. */
export interface CpuBackend {
  readonly data: { get(dataId: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: "float32", values: Float32Array): tf.TensorInfo;
  /** Products are summed up in runs of so many, each in float64, and the runs in float32. */
  readonly blockSize: number;
}
