import { signal } from "@preact/signals";

/** Tensors that a worker holds, where one trains: whoever starts it says so here, and undefined when it has ended. */
export const workerTensors = signal<number | undefined>();

/** Tensors that this thread holds. tfjs is fetched for it only once somebody looks. */
export async function countTensors(): Promise<number> {
  const { memory } = await import("@tensorflow/tfjs-core");
  return memory().numTensors;
}
