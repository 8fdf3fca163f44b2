import type * as tf from "@tensorflow/tfjs-core";
import type { CpuBackend } from "../backend/cpu-backend.ts";

/** How the numbers of a backend on the CPU's side are reached. */
export interface HostMemory {
  /** A tensor's float32 numbers themselves, not a copy. Making room may move them. */
  readonly view: (backend: object, info: tf.TensorInfo) => Float32Array;
  /** Room for a float32 tensor. */
  readonly make: (backend: object, shape: number[]) => tf.TensorInfo;
  /** Of more numbers the backend's own kernels, one call each, are faster than a fused kernel's loops. */
  readonly mostFused: number;
}

/** What is used here of tfjs's backend in WebAssembly. */
interface WasmBackend {
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
  makeOutput(shape: number[], dtype: "float32"): tf.TensorInfo;
}

/** The backends whose memory is the host's, by name. */
export const hostMemories: Readonly<Record<string, HostMemory>> = {
  cpu: {
    view: (backend, { dataId }) => (backend as CpuBackend).data.get(dataId).values,
    make(backend, shape) {
      const size = shape.reduce((product, length) => product * length, 1);
      return (backend as CpuBackend).makeTensorInfo(shape, "float32", new Float32Array(size));
    },
    mostFused: 16_384,
  },
  wasm: {
    view: (backend, info) => (backend as WasmBackend).typedArrayFromHeap(info),
    make: (backend, shape) => (backend as WasmBackend).makeOutput(shape, "float32"),
    mostFused: 2048,
  },
};
