import { Sequential, type NestedNumbers } from "rivulet";
import { Dense } from "rivulet/layers";

/** 1-4-1, sigmoid in the middle, from a seed. */
export function smallModel(seed = 7): Sequential {
  return new Sequential([new Dense({ units: 4, activation: "sigmoid" }), new Dense({ units: 1 })], {
    inputShape: [1],
    seed,
  });
}

/** One weight that starts at 1, and no bias: ŷ = w x. */
export function oneWeight(): Sequential {
  return new Sequential([new Dense({ units: 1, useBias: false, kernelInitializer: [[1]] })], { inputShape: [1] });
}

/** Inputs in [−1, 1] and a smooth curve over them, both [samples, 1]. */
export function curve(samples: number): { x: number[][]; y: number[][] } {
  const x = Array.from({ length: samples }, (_, index) => [(2 * index) / samples - 1]);
  return { x, y: x.map(([value = 0]) => [0.4 * Math.sin(3 * value) + 0.5]) };
}

/** All weights as nested arrays. */
export async function weightsOf(model: Sequential): Promise<NestedNumbers[]> {
  return Promise.all(model.parameters.map(async (parameter) => (await parameter.array()) as NestedNumbers));
}
