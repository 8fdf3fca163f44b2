import { Sequential, type Optimizer } from "rivulet";
import { Dense } from "rivulet/layers";
import { Adagrad, Adam, AdamW, RMSProp, SGD } from "rivulet/optimizers";
import type { OptimizerName, TrainingTask } from "./task.ts";

type NetworkOptions = Pick<TrainingTask, "inputs" | "hidden" | "activation" | "loss" | "seed">;
type RuleOptions = Pick<TrainingTask, "learningRate" | "momentum">;

/** Whether the network's output is a logit, whose sigmoid is the probability. */
export function givesLogits({ loss }: Pick<TrainingTask, "loss">): boolean {
  return loss === "binaryCrossentropyFromLogits";
}

/** A task's network: hidden layers of one activation, and one output that is a height, a probability or a logit. */
export function makeModel({ inputs, hidden, activation, loss, seed }: NetworkOptions): Sequential {
  const output = inputs === 2 && !givesLogits({ loss }) ? "sigmoid" : "linear";
  const layers = hidden.map((units) => new Dense({ units, activation }));
  return new Sequential([...layers, new Dense({ units: 1, activation: output })], { inputShape: [inputs], seed });
}

const rules = {
  sgd: ({ learningRate, momentum }) => new SGD({ learningRate, momentum }),
  nesterov: ({ learningRate, momentum }) => new SGD({ learningRate, momentum, nesterov: true }),
  adagrad: ({ learningRate }) => new Adagrad({ learningRate }),
  rmsprop: ({ learningRate, momentum }) => new RMSProp({ learningRate, momentum }),
  adam: ({ learningRate }) => new Adam({ learningRate }),
  adamw: ({ learningRate }) => new AdamW({ learningRate }),
} satisfies Record<OptimizerName, (options: RuleOptions) => Optimizer>;

/** A task's rule. @throws HyperparameterError, as for Nesterov without a momentum */
export function makeOptimizer({ optimizer, learningRate, momentum }: RuleOptions & Pick<TrainingTask, "optimizer">) {
  return rules[optimizer]({ learningRate, momentum }) as Optimizer;
}
