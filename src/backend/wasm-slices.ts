import * as tf from "@tensorflow/tfjs-core";
import { replaceKernel, type KernelFunction } from "./replace-kernel.ts";

/** What of the wasm backend copies a part of a tensor. */
interface WasmBackend {
  makeOutput(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array | Int32Array | Uint8Array;
  readSync(dataId: tf.DataId, start: number, end: number): Float32Array | Int32Array | Uint8Array;
}

/**
 * Has wasm copy what a slice takes, and no more. Its slice (tfjs 4.22.0) first copies the whole tensor: with 7,000 images
 * of 784 pixels that is 22 MB for each batch, which takes longer than the step. Here a run of rows is read by itself;
 * other slices, and strings, go the old way. A second call does nothing.
 */
export function speedUpSlices(): void {
  replaceKernel("Slice", "wasm", byRange);
}

function byRange(slice: KernelFunction): KernelFunction {
  return ({ inputs, attrs = {}, backend }) => {
    const { x } = inputs as { readonly x: tf.Tensor };
    const [begin = [], size = []] = tf.slice_util.parseSliceParams(
      x,
      attrs["begin"] as number[],
      attrs["size"] as number[],
    );
    const isRun = x.dtype !== "string" && tf.slice_util.isSliceContinous(x.shape, begin, size);
    if (!isRun || !isWasm(backend)) return slice({ inputs, attrs, backend });
    const output = backend.makeOutput(size, x.dtype);
    const start = tf.slice_util.computeFlatOffset(begin, tf.util.computeStrides(x.shape));
    const length = tf.util.sizeFromShape(size);
    // An end of 0 would be taken for none.
    if (length > 0) backend.typedArrayFromHeap(output).set(backend.readSync(x.dataId, start, start + length));
    return output;
  };
}

function isWasm(backend: unknown): backend is WasmBackend {
  return typeof backend === "object" && backend !== null && "typedArrayFromHeap" in backend && "makeOutput" in backend;
}
