import type { BackendName } from "rivulet";

/** Rows of numbers, row-major: x [count, inputs], y [count, 1]. */
export interface Rows {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export const activationNames = ["tanh", "sigmoid", "relu", "leakyRelu", "elu", "softplus", "gelu", "linear"] as const;
export const optimizerNames = ["sgd", "nesterov", "adagrad", "rmsprop", "adam", "adamw"] as const;
export const lossNames = [
  "meanSquaredError",
  "meanAbsoluteError",
  "huber",
  "binaryCrossentropyFromLogits",
  "binaryCrossentropy",
] as const;

export type ActivationName = (typeof activationNames)[number];
export type OptimizerName = (typeof optimizerNames)[number];
export type LossName = (typeof lossNames)[number];

/** What is trained, on what and how: plain data, which alone decides the course of a run. */
export interface TrainingTask {
  /** 1: a curve is fitted to y. 2: y is a class, 0 or 1, and its probability is learnt. */
  readonly inputs: 1 | 2;
  readonly training: Rows;
  readonly validation: Rows | undefined;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly loss: LossName;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly momentum: number;
  readonly batchSize: number | "full";
  readonly seed: number;
  readonly backend: BackendName | "auto";
  /** Where the network is looked at, row-major [points, inputs]. */
  readonly grid: Float32Array;
}

/** The rules that have a momentum. */
export function hasMomentum(optimizer: OptimizerName): boolean {
  return optimizer === "sgd" || optimizer === "nesterov" || optimizer === "rmsprop";
}

/** Steps in an epoch; the last batch may be smaller. */
export function stepsInEpoch({ training, batchSize }: Pick<TrainingTask, "training" | "batchSize">): number {
  return batchSize === "full" ? 1 : Math.ceil(training.count / batchSize);
}

/** Rows as the library takes them: x and y. */
export function dataOf({ count, x, y }: Rows, inputs: number) {
  return [
    { values: x, shape: [count, inputs] },
    { values: y, shape: [count, 1] },
  ] as const;
}
