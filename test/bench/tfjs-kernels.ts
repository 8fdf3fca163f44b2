import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgl";
import * as tf from "@tensorflow/tfjs-core";
import type { Way } from "./in-turns.ts";

/** As tfjs registers them, before `useBackend` puts faster ones in the place of some. The native binding's stay. */
const own = ["cpu", "wasm", "webgl"].flatMap((backend) => tf.getKernelsForBackend(backend));

/** A way that computes by tfjs's own kernels, as it would without rivulet. */
export function onTfjsKernels(way: Way): Way {
  return async (parts) => {
    const replaced = own.flatMap((kernel) => {
      const current = tf.getKernel(kernel.kernelName, kernel.backendName);
      return current === undefined || current.kernelFunc === kernel.kernelFunc ? [] : [{ kernel, current }];
    });
    for (const { kernel } of replaced) register(kernel);
    try {
      await way(parts);
    } finally {
      for (const { current } of replaced) register(current);
    }
  };
}

function register(kernel: tf.KernelConfig): void {
  // tfjs warns of a kernel that is registered over another.
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}
