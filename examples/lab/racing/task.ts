import type { BackendName, CompareRegimesOptions, ProblemName, RuleName } from "rivulet";
import type { ActivationName } from "../training/task.ts";

/** What races on what: plain data, which alone decides every loss. Batch sizes are combined with momenta. */
export interface RaceTask {
  readonly problem: ProblemName;
  /** Units of each hidden layer; empty for a linear model. */
  readonly layers: readonly number[];
  readonly activation: ActivationName;
  readonly optimizer: RuleName;
  readonly learningRate: number;
  readonly batchSizes: readonly (number | "full")[];
  /** Null for a rule that has none. */
  readonly momenta: readonly number[] | null;
  readonly epochs: number;
  readonly seed: number;
  readonly repeats: number;
  readonly backend: BackendName | "auto";
}

/** The task as the library asks for it; the backend runs already. */
export function optionsOf(task: RaceTask): CompareRegimesOptions {
  const { layers, activation, optimizer, learningRate, batchSizes, momenta, epochs, seed, repeats } = task;
  return {
    layers,
    activation,
    optimizer,
    learningRates: [learningRate],
    batchSizes,
    ...(momenta !== null && { momenta }),
    budget: { unit: "epochs", amount: epochs },
    seed,
    repeats,
  };
}
