/**
 * What rivulet adds to a training step. Three ways to train the same network on the same data, in turns in one run: the
 * step written out by hand as a `tf.variableGrads` loop over the same operations, `trainStep` in that loop, and `fit`
 * (which also draws each epoch's order from its seed and gives way to the event loop). Prints median ratios.
 *
 *     npm run bench:step
 */
import * as tf from "@tensorflow/tfjs-core";
import { markdownTable } from "markdown-table";
import { Sequential, trainStep, useBackend, type BackendName } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";

const samples = 512;
const batchSize = 32;
const steps = samples / batchSize;
const epochsInRound = 10;
const rounds = 60;
const warmUpRounds = 4;
const learningRate = 0.5;
const momentum = 0.9;

const x = Array.from({ length: samples }, (_, index) => [(2 * index) / samples - 1]);
const y = x.map(([value = 0]) => [0.4 * Math.sin(3 * value) + 0.5]);

function makeModel(): Sequential {
  const layers = [new Dense({ units: 16, activation: "sigmoid" }), new Dense({ units: 1, activation: "sigmoid" })];
  return new Sequential(layers, { inputShape: [1], seed: 1 });
}

type Step = (inputs: tf.Tensor2D, targets: tf.Tensor2D) => tf.Scalar;

/** Forward, loss, gradients, momentum, assign. */
function handWrittenStep(): Step {
  const [w1, b1, w2, b2] = makeModel().parameters as [tf.Variable, tf.Variable, tf.Variable, tf.Variable];
  const parameters = [w1, b1, w2, b2];
  const velocities = parameters.map((parameter) => tf.tidy(() => tf.variable(tf.zerosLike(parameter), false)));
  return (inputs, targets) =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => {
        const hidden = tf.sigmoid(tf.add<tf.Tensor2D>(tf.matMul(inputs, w1 as tf.Tensor2D), b1));
        const output = tf.sigmoid(tf.add<tf.Tensor2D>(tf.matMul(hidden, w2 as tf.Tensor2D), b2));
        return tf.mean<tf.Scalar>(tf.squaredDifference(output, targets));
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
}

function publicStep(): Step {
  const model = makeModel();
  const optimizer = new SGD({ learningRate, momentum });
  return (inputs, targets) => trainStep(model, inputs, targets, { loss: "meanSquaredError", optimizer });
}

/** Epochs by hand around a step: a new order, slices, the losses read once an epoch. */
function loopOver(step: Step): () => Promise<void> {
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
          return step(tf.slice(epochX, [start], [batchSize]), tf.slice(epochY, [start], [batchSize]));
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
  const ways = [loopOver(handWrittenStep()), loopOver(publicStep()), throughFit()];
  for (let round = 0; round < warmUpRounds; round++) for (const way of ways) await way();
  const times: number[][] = ways.map(() => []);
  for (let round = 0; round < rounds; round++) {
    // Who goes first changes from round to round, so that a drifting machine hits all alike.
    for (let turn = 0; turn < ways.length; turn++) {
      const index = (round + turn) % ways.length;
      times[index]?.push(await microsecondsPerStep(ways[index] as () => Promise<void>));
    }
  }
  const [byHand = [], stepped = [], fitted = []] = times;
  const ratioOf = (way: readonly number[]) =>
    median(way.map((time, round) => time / (byHand[round] as number))).toFixed(3);
  rows.push([name, median(byHand).toFixed(0), ratioOf(stepped), ratioOf(fitted)]);
}
const header = ["backend", "by hand, µs a step", "trainStep / by hand", "fit / by hand"];
console.log(markdownTable([header, ...rows], { align: ["l", "r", "r", "r"] }));
