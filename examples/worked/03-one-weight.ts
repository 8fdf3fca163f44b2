/**
 * W3. One weight, no bias: the smallest model there is. The gradient of one sample, of all samples, and the three ways
 * to descend with them.
 *
 *     ŷ = x w
 *     per sample:  (x w − y)²,            gradient 2 x (x w − y);      with ½ in front: (x w − y) x
 *     batch:       J = 1/(2m) Σ (x w − y)²,  gradient 1/m Σ (x w − y) x
 */
import * as tf from "@tensorflow/tfjs-core";
import { gradient, Sequential, type Loss } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { takeOne } from "./numbers.ts";
import { page, round, table } from "./page.ts";

export const title = "W3  One weight, no bias: prediction = x w";

const x = [1, 2, 3];
const y = [2, 4, 6];

/** J: with the ½, so that its gradient has no 2. */
const halfMeanSquaredError: Loss = (target, prediction) =>
  tf.mul<tf.Scalar>(0.5, tf.mean(tf.squaredDifference(prediction, target)));

export interface SampleGradients {
  readonly x: number;
  /** Of (x w − y)². */
  readonly squared: number;
  /** Of ½ (x w − y)². */
  readonly halved: number;
}

/** Each sample's gradient with respect to w. */
export async function gradientsBySample(w = 1): Promise<SampleGradients[]> {
  const samples: SampleGradients[] = [];
  for (const [index, input] of x.entries()) {
    const squared = (weight: tf.Tensor) => tf.square(tf.sub(tf.mul(weight, input), y[index] ?? NaN));
    const halved = (weight: tf.Tensor) => tf.mul(0.5, squared(weight));
    const gradients = { squared: await takeOne(gradient(squared)(w)), halved: await takeOne(gradient(halved)(w)) };
    samples.push({ x: input, ...gradients });
  }
  return samples;
}

/** dJ/dw over all samples. */
export async function batchGradient(w = 1): Promise<number> {
  const cost = (weight: tf.Tensor) => halfMeanSquaredError(tf.tensor1d(y), tf.mul(weight, tf.tensor1d(x)));
  return takeOne(gradient(cost)(w));
}

export interface Regime {
  readonly batchSize: number | "full";
  readonly stepsPerEpoch: number;
  /** w before the first epoch, then after each. */
  readonly weights: readonly number[];
}

/** Trains the weight from 1: `"full"` is batch, 1 stochastic, 2 mini-batch descent. */
export async function train(batchSize: number | "full", epochs = 30): Promise<Regime> {
  using model = new Sequential([new Dense({ units: 1, useBias: false, kernelInitializer: [[1]] })], {
    inputShape: [1],
    seed: 3,
  });
  const weight = () => takeOne(model.predict([[1]]));
  const weights = [await weight()];
  const history = await model.fit(
    x.map((value) => [value]),
    y.map((value) => [value]),
    {
      loss: halfMeanSquaredError,
      optimizer: new SGD({ learningRate: 0.1 }),
      batchSize,
      epochs,
      verbose: 0,
      callbacks: [{ onEpochEnd: async () => weights.push(await weight()) }],
    },
  );
  return { batchSize, stepsPerEpoch: history.params.steps, weights };
}

const names = { full: "batch", 2: "mini-batch of 2", 1: "stochastic" } as const;

export async function report(): Promise<string> {
  const samples = await gradientsBySample();
  const regimes = [];
  for (const batchSize of ["full", 2, 1] as const) {
    const { stepsPerEpoch, weights } = await train(batchSize);
    const shown = [1, 2, 5, 30].map((epoch) => round(weights[epoch] ?? NaN));
    regimes.push([names[batchSize], stepsPerEpoch, ...shown]);
  }
  return page(
    title,
    "The samples (1, 2), (2, 4), (3, 6) lie on y = 2 x, and w starts at 1. Each sample pulls at w in its own measure:",
    table(
      ["x", "gradient of (x w - y)²", "of ½ (x w - y)²"],
      samples.map((sample) => [String(sample.x), sample.squared, sample.halved]),
    ),
    `Batch descent takes the mean of the last column: ${round(await batchGradient())}, which is -14/3. ` +
      "Stochastic descent takes one sample at a time, mini-batch descent some. All three find w = 2:",
    table(["regime", "steps an epoch", "w after 1", "2", "5", "30 epochs"], regimes),
    "With one pass over the samples, more and smaller batches make more steps. That they end at the very same w is " +
      "because here one w fits every sample.",
  );
}
