import { EarlyStopping, Sequential, type ActivationLike } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import type { EncodedRows, Matrix } from "./encode.ts";
import type { Task } from "./task.ts";

/** How a network is built and trained. */
export interface NetworkOptions {
  /** The units of each hidden layer. */
  readonly layers: readonly number[];
  readonly activation: ActivationLike;
  readonly learningRate: number;
  readonly batchSize: number | "full";
  /** At most. */
  readonly epochs: number;
  /** Epochs without a better validation loss after which it stops. */
  readonly patience: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** A network as it was in its best epoch. */
export interface TrainedNetwork {
  /** The caller's to dispose of. */
  readonly model: Sequential;
  readonly epochs: number;
  /** Counted from 1. */
  readonly bestEpoch: number;
}

/**
 * Builds a network of dense layers and trains it until the loss on the validation rows no longer falls: the mean squared
 * error of a regression, the cross-entropy of a classification. The progress shows on the error stream.
 *
 * @throws DivergenceError if the loss stops being finite; the signal's reason when it is aborted
 */
export async function trainNetwork(
  task: Task["kind"],
  { training, validation }: { readonly training: EncodedRows; readonly validation: EncodedRows },
  options: NetworkOptions,
): Promise<TrainedNetwork> {
  const { layers, activation, seed, learningRate, batchSize, epochs, patience, signal } = options;
  const hidden = layers.map((units) => new Dense({ units, activation }));
  const inputShape = [training.x.shape[1]];
  const model = new Sequential([...hidden, new Dense({ units: training.y.shape[1] })], { inputShape, seed });
  try {
    const stopping = new EarlyStopping({ patience, restoreBestWeights: true });
    const history = await model.fit(training.x, training.y, {
      loss: task === "regression" ? "meanSquaredError" : "categoricalCrossentropyFromLogits",
      // Adam was measured beside it and predicts no better: at 0.001 it takes twice the epochs, at 0.01 it is quicker, but
      // surer of its mistakes.
      optimizer: new SGD({ learningRate, momentum: 0.9 }),
      batchSize,
      epochs,
      validationData: [validation.x, validation.y],
      callbacks: [stopping],
      ...(signal && { signal }),
    });
    return { model, epochs: history.epoch.length, bestEpoch: (stopping.bestEpoch ?? -1) + 1 };
  } catch (error) {
    model.dispose();
    // What interrupts the process tells its own reason from other errors; that of fit is about the model, which is gone.
    signal?.throwIfAborted();
    throw error;
  }
}

/** Rows that are predicted at once. */
const predictedAtOnce = 8192;

/** What the network gives for each row, [rows, outputs], row-major: standardised numbers, or logits. */
export async function predictRows(model: Sequential, x: Matrix): Promise<Float64Array> {
  const output = model.predict(x, { batchSize: predictedAtOnce });
  try {
    return Float64Array.from(await output.data());
  } finally {
    output.dispose();
  }
}

/** Steps in an epoch, at most, where the user names no batch size. */
const mostSteps = 500;

/** 32, or of very many rows as many as it takes for an epoch of at most 500 steps: a power of 2. */
export function batchSizeFor(rows: number): number {
  return Math.max(32, 2 ** Math.ceil(Math.log2(rows / mostSteps)));
}
