import { EarlyStopping, ReduceLROnPlateau, Sequential, type History } from "rivulet";
import { Dense, Dropout } from "rivulet/layers";
import { Adam } from "rivulet/optimizers";
import type { Parts } from "./digits.ts";
import { inputsFrom, inputSize } from "./inputs.ts";

/** What a network took a digit for. */
export interface Reading {
  readonly label: number;
  /** The probability that the network gave that label. */
  readonly confidence: number;
}

/** A network's size and the course of its training. */
export interface NetworkOptions {
  /** Units of the hidden layer. 0: none, which is logistic regression. */
  readonly hidden: number;
  readonly seed: number;
  /** At most so many: training ends when the validation loss has not fallen for three. */
  readonly epochs: number;
  readonly verbose: 0 | 1;
}

/** What a network made of the test part, and how it got there. */
export interface Outcome {
  readonly readings: readonly Reading[];
  readonly history: History;
  /** The epoch, counted from 0, whose weights it reads with: the one of the least validation loss. */
  readonly bestEpoch: number;
  readonly summary: string;
}

/** Trains a network on the training part, stops by the validation part, and reads the test part. */
export async function readByNetwork(
  { training, validation, test }: Parts,
  { hidden, seed, epochs, verbose }: NetworkOptions,
): Promise<Outcome> {
  const inputsOf = inputsFrom(training);
  const labelsOf = (part: Parts["test"]) => part.map(({ label }) => label);
  const hiddenLayers =
    hidden === 0 ? [] : [new Dense({ units: hidden, activation: "relu" }), new Dropout({ rate: 0.5 })];
  // The last layer gives logits, from which the loss is exact where a probability would round to 0.
  const layers = [...hiddenLayers, new Dense({ units: 10 })];
  using model = new Sequential(layers, { inputShape: [inputSize], seed });
  const stopping = new EarlyStopping({ monitor: "val_loss", patience: 3, restoreBestWeights: true });
  // Large steps while they lead down, smaller ones as soon as they do not.
  const slowing = new ReduceLROnPlateau({ monitor: "val_loss", patience: 1, factor: 0.3 });
  const history = await model.fit(inputsOf(training), labelsOf(training), {
    loss: "sparseCategoricalCrossentropyFromLogits",
    optimizer: new Adam({ learningRate: 0.005 }),
    batchSize: 128,
    epochs,
    validationData: [inputsOf(validation), labelsOf(validation)],
    metrics: ["accuracy"],
    callbacks: [stopping, slowing],
    verbose,
  });
  const logits = model.predict(inputsOf(test));
  const readings = ((await logits.array()) as number[][]).map(readLogits);
  logits.dispose();
  return { readings, history, bestEpoch: stopping.bestEpoch ?? 0, summary: model.summary() };
}

/** The label of the largest logit z, and its softmax: 1 / Σ e^(z_k − max z). */
function readLogits(logits: readonly number[]): Reading {
  const largest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return { label: logits.indexOf(largest), confidence: 1 / sum };
}
