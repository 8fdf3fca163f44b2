import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { trainStep } from "rivulet";
import { inTurns, type Way } from "./in-turns.ts";
import type { Network } from "./step-times.ts";
import { learningRate, loss, makeModel, makeRule, momentum, samplesIn, samplesOf } from "./step-work.ts";

export type Step = (inputs: tf.Tensor2D, targets: tf.Tensor2D) => tf.Scalar;

/** Forward, loss, gradients, momentum, assign. */
export function handWrittenStep(network: Network): Step {
  const parameters = [...makeModel(network).parameters];
  const velocities = parameters.map((parameter) => tf.tidy(() => tf.variable(tf.zerosLike(parameter), false)));
  const forward = (inputs: tf.Tensor2D): tf.Tensor2D => {
    let output = inputs;
    for (let index = 0; index < parameters.length; index += 2) {
      const [weight, bias] = [parameters[index] as tf.Tensor as tf.Tensor2D, parameters[index + 1] as tf.Tensor];
      output = tf.sigmoid(tf.add<tf.Tensor2D>(tf.matMul(output, weight), bias));
    }
    return output;
  };
  return (inputs, targets) =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => {
        return tf.mean<tf.Scalar>(tf.squaredDifference(forward(inputs), targets));
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

export function publicStep(network: Network): Step {
  const model = makeModel(network);
  const optimizer = makeRule();
  return (inputs, targets) => trainStep(model, inputs, targets, { loss, optimizer });
}

/** Epochs by hand around a step: a new order, slices, the losses read once an epoch. */
export function loopOver(step: Step, network: Network): Way {
  const { x, y } = samplesOf(network);
  const { batchSize } = network;
  const samples = samplesIn(network);
  const epoch = async () => {
    const order = tf.tensor1d(Int32Array.from(tf.util.createShuffledIndices(samples)), "int32");
    const epochX = tf.gather(x, order);
    const epochY = tf.gather(y, order);
    const losses: tf.Scalar[] = [];
    for (let start = 0; start < samples; start += batchSize) {
      const value = tf.tidy(() => {
        return step(tf.slice(epochX, [start], [batchSize]), tf.slice(epochY, [start], [batchSize]));
      });
      losses.push(value);
    }
    const stacked = tf.stack(losses);
    await stacked.data();
    tf.dispose([order, epochX, epochY, stacked, losses]);
  };
  return async (epochs) => {
    for (let done = 0; done < epochs; done++) await epoch();
  };
}

const forever = 1e9;

export function throughFit(network: Network, compile: "auto" | false): Way {
  const { x, y } = samplesOf(network);
  const { batchSize } = network;
  return inTurns(async (onEpochEnd) => {
    const options = { loss, optimizer: makeRule(), batchSize, epochs: forever, verbose: 0, compile } as const;
    await makeModel(network).fit(x, y, { ...options, callbacks: [{ onEpochEnd }] });
  });
}

export function tfjsModel({ sizes: [inputs, ...units] }: Network): layers.Sequential {
  const model = layers.sequential();
  units.forEach((count, index) => {
    const first = index === 0 ? { inputShape: [inputs] } : {};
    model.add(layers.layers.dense({ units: count, activation: "sigmoid", ...first }));
  });
  model.compile({ loss, optimizer: tf.train.momentum(learningRate, momentum) });
  return model;
}

export function throughTfjsLayers(network: Network): Way {
  const { x, y } = samplesOf(network);
  const { batchSize } = network;
  return inTurns(async (onEpochEnd) => {
    await tfjsModel(network).fit(x, y, { batchSize, epochs: forever, verbose: 0, callbacks: { onEpochEnd } });
  });
}
