import { Dense } from "rivulet/layers";
import type { ActivationLike } from "../activations.ts";
import type { LossLike } from "../losses.ts";
import { Sequential } from "../sequential.ts";

/** The network that all regimes train: dense layers, the last one linear. */
export interface NetworkPlan {
  /** The units of each hidden layer; none for a linear model. */
  readonly layers: readonly number[];
  /** Of the hidden layers. */
  readonly activation: ActivationLike;
  readonly loss: LossLike;
  /** Inputs of a sample. */
  readonly features: number;
  /** Outputs of a prediction. */
  readonly outputs: number;
}

/** Builds it from a seed. The caller disposes of it. @throws HyperparameterError, UnknownNameError */
export function buildNetwork({ layers, activation, features, outputs }: NetworkPlan, seed: number): Sequential {
  const hidden = layers.map((units) => new Dense({ units, activation }));
  return new Sequential([...hidden, new Dense({ units: outputs })], { inputShape: [features], seed });
}
