import { Sequential, useBackend, type BackendName } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { curve } from "./models.ts";

/** 1-8-1, all sigmoid, from one seed. */
export function sigmoidNetwork(): Sequential {
  const layers = [8, 1].map((units) => new Dense({ units, activation: "sigmoid" }));
  return new Sequential(layers, { inputShape: [1], seed: 42 });
}

/** The loss of each of 50 epochs of four batches: 200 steps of momentum on a backend, the same on all but for rounding. */
export async function lossCurve(backend: BackendName): Promise<readonly number[]> {
  await useBackend(backend);
  using model = sigmoidNetwork();
  using optimizer = new SGD({ learningRate: 0.5, momentum: 0.9 });
  const { x, y } = curve(64);
  const options = { loss: "meanSquaredError", optimizer, batchSize: 16, epochs: 50, verbose: 0 } as const;
  const { history } = await model.fit(x, y, options);
  return history["loss"] ?? [];
}

/** The largest difference between two curves, point by point. NaN where one is shorter. */
export function largestDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return NaN;
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] as number))));
}
