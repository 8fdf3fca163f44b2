import * as tf from "@tensorflow/tfjs-core";

/** What computes a kernel. */
export type KernelFunction = Required<Pick<tf.KernelConfig, "kernelFunc">>["kernelFunc"];

const replacements = new WeakSet<KernelFunction>();

/**
 * Has a backend compute a kernel by another function, made of its own one. Does nothing where it has no such kernel, or
 * that was replaced before.
 */
export function replaceKernel(name: string, backend: string, make: (own: KernelFunction) => KernelFunction): void {
  const kernel = tf.getKernel(name, backend);
  if (kernel === undefined || replacements.has(kernel.kernelFunc)) return;
  const replacement = make(kernel.kernelFunc);
  replacements.add(replacement);
  // tfjs warns of a kernel that is registered over another.
  tf.unregisterKernel(name, backend);
  tf.registerKernel({ ...kernel, kernelFunc: replacement });
}
