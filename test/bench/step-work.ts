import * as tf from "@tensorflow/tfjs-core";
import { RandomStream, Sequential } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import type { Network } from "./step-times.ts";

export const learningRate = 0.1;
export const momentum = 0.9;
export const loss = "meanSquaredError";

/** Samples in an epoch: of the wide network, whose steps are long, fewer batches. */
export function samplesIn({ name, batchSize }: Network): number {
  return (name === "wide" ? 2 : 16) * batchSize;
}

/** Numbers to train on, the same each time. The caller disposes of them. */
export function samplesOf(network: Network, count: number = samplesIn(network)) {
  const { name, sizes } = network;
  const random = new RandomStream(1, name);
  const draw = (columns: number) => {
    const numbers = Float32Array.from({ length: count * columns }, () => random.uniform());
    return tf.tensor2d(numbers, [count, columns]);
  };
  return { x: draw(sizes[0]), y: draw(sizes.at(-1) ?? 1) };
}

export function makeModel({ sizes: [inputs, ...units] }: Network): Sequential {
  const layers = units.map((count) => new Dense({ units: count, activation: "sigmoid" }));
  return new Sequential(layers, { inputShape: [inputs], seed: 1 });
}

export function makeRule(): SGD {
  return new SGD({ learningRate, momentum });
}
