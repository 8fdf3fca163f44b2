/**
 * What `fit` adds to a training step: the same step written out by hand as a `tf.variableGrads` loop over the same
 * operations, and `fit`'s own, in turns in one run, on the same data. Prints the median ratio for each backend.
 *
 *     npm run bench:step
 */
import * as tf from "@tensorflow/tfjs-core";
import { markdownTable } from "markdown-table";
import { Sequential, useBackend, type BackendName } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";

const samples = 512;
const batchSize = 32;
const steps = samples / batchSize;
const epochsInRound = 20;
const rounds = 61;
const warmUpRounds = 4;
const learningRate = 0.5;
const momentum = 0.9;

const x = Array.from({ length: samples }, (_, index) => [(2 * index) / samples - 1]);
const y = x.map(([value = 0]) => [0.4 * Math.sin(3 * value) + 0.5]);

function makeModel(): Sequential {
  const layers = [new Dense({ units: 16, activation: "sigmoid" }), new Dense({ units: 1, activation: "sigmoid" })];
  return new Sequential(layers, { inputShape: [1], seed: 1 });
}

/** Epochs of the step by hand: slice, forward, loss, gradients, momentum, assign; the losses read once an epoch. */
function handWritten() {
  const model = makeModel();
  const [w1, b1, w2, b2] = model.parameters as [tf.Variable, tf.Variable, tf.Variable, tf.Variable];
  const parameters = [w1, b1, w2, b2];
  const velocities = parameters.map((parameter) => tf.tidy(() => tf.variable(tf.zerosLike(parameter), false)));
  const xs = tf.tensor2d(x);
  const ys = tf.tensor2d(y);
  return async () => {
    for (let epoch = 0; epoch < epochsInRound; epoch++) {
      const order = tf.tensor1d(Int32Array.from(tf.util.createShuffledIndices(samples)), "int32");
      const epochX = tf.gather(xs, order);
      const epochY = tf.gather(ys, order);
      const losses: tf.Scalar[] = [];
      for (let start = 0; start < samples; start += batchSize) {
        const loss = tf.tidy(() => {
          const batchX = tf.slice(epochX, [start], [batchSize]);
          const batchY = tf.slice(epochY, [start], [batchSize]);
          const { value, grads } = tf.variableGrads(() => {
            const hidden = tf.sigmoid(tf.add<tf.Tensor2D>(tf.matMul(batchX, w1 as tf.Tensor2D), b1));
            const output = tf.sigmoid(tf.add(tf.matMul(hidden, w2 as tf.Tensor2D), b2));
            return tf.mean<tf.Scalar>(tf.squaredDifference(output, batchY));
          }, parameters);
          const eta = tf.scalar(learningRate);
          const mu = tf.scalar(momentum);
          parameters.forEach((parameter, index) => {
            const velocity = velocities[index] as tf.Variable;
            velocity.assign(tf.add(tf.mul(mu, velocity), grads[parameter.name] as tf.Tensor));
            parameter.assign(tf.sub(parameter, tf.mul(eta, velocity)));
          });
          return value;
        });
        losses.push(loss);
      }
      const stacked = tf.stack(losses);
      await stacked.data();
      tf.dispose([order, epochX, epochY, stacked, losses]);
    }
  };
}

function throughFit() {
  const model = makeModel();
  const optimizer = new SGD({ learningRate, momentum });
  const xs = tf.tensor2d(x);
  const ys = tf.tensor2d(y);
  return async () => {
    await model.fit(xs, ys, { loss: "meanSquaredError", optimizer, batchSize, epochs: epochsInRound, verbose: 0 });
  };
}

async function microsecondsPerStep(round: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await round();
  return ((performance.now() - before) * 1000) / (epochsInRound * steps);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

const rows: string[][] = [];
for (const name of ["cpu", "wasm"] satisfies BackendName[]) {
  await useBackend(name);
  const byHand = handWritten();
  const fitted = throughFit();
  for (let round = 0; round < warmUpRounds; round++) {
    await byHand();
    await fitted();
  }
  const times = { byHand: [] as number[], fitted: [] as number[], ratios: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    // Who goes first changes from round to round, so that a drifting machine hits both alike.
    const first = round % 2 === 0 ? byHand : fitted;
    const one = await microsecondsPerStep(first);
    const two = await microsecondsPerStep(first === byHand ? fitted : byHand);
    const [hand, fit] = first === byHand ? [one, two] : [two, one];
    times.byHand.push(hand);
    times.fitted.push(fit);
    times.ratios.push(fit / hand);
  }
  const ratio = median(times.ratios).toFixed(3);
  rows.push([name, median(times.byHand).toFixed(0), median(times.fitted).toFixed(0), ratio]);
}
const header = ["backend", "by hand, µs a step", "fit, µs a step", "fit / by hand"];
console.log(markdownTable([header, ...rows], { align: ["l", "r", "r", "r"] }));
