import * as tf from "@tensorflow/tfjs-core";
import { Sequential, meanSquaredError, type ActivationLike, type Layer } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { deadUnits, saturatedUnits } from "../../../src/explain/units-without-slope.ts";

/** A layer that is an activation and no more. */
class Activation implements Layer {
  readonly parameters: tf.Variable[] = [];
  readonly #activate: (z: tf.Tensor) => tf.Tensor;
  constructor(activate: (z: tf.Tensor) => tf.Tensor) {
    this.#activate = activate;
  }
  build(): void {}
  forward(x: tf.Tensor): tf.Tensor {
    return this.#activate(x);
  }
}

/** What is found of a network on x, [samples, 4]: the shares by layer. */
async function sharesOf(layers: Layer[], x: number[][]) {
  using model = new Sequential(layers, { inputShape: [4] });
  const samples = { x: tf.tensor2d(x), y: tf.zeros([x.length, 4]) };
  const rule = { loss: meanSquaredError, optimizer: new SGD() };
  const look = { model, rule, samples, all: undefined, start: undefined };
  try {
    const [saturated, dead] = [await saturatedUnits(look), await deadUnits(look)];
    return {
      saturated: saturated.flatMap(({ layers: found }) => found),
      dead: dead.flatMap(({ layers: found }) => found),
    };
  } finally {
    tf.dispose(samples);
  }
}

/** z = x, so that samples are weighted inputs. */
const sameIn = (activation: ActivationLike) =>
  new Dense({
    units: 4,
    activation,
    kernelInitializer: [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((at) => (at === row ? 1 : 0))),
  });

const [dense, activation] = ["dense_1", "activation_1"];

describe("saturated units", () => {
  // σ(4.6) = 0.99005 and σ(4.59) = 0.98995; tanh 2.3 = 0.98 and tanh 2.29 = 0.9797: the slopes are 4 % there.
  it.each([
    ["sigmoid", [[5, -5, 4.7, 0]], 0.75],
    ["sigmoid", [[5, -5, 4.5, 0]], 0.5],
    ["sigmoid", [[5, -4.5, 4.5, 0]], undefined],
    ["tanh", [[2.4, -2.4, 9, 0]], 0.75],
    ["tanh", [[2.2, -2.2, 9, 0]], undefined],
    ["relu", [[-9, -9, -9, -9]], undefined],
    ["linear", [[99, 99, 99, 99]], undefined],
    ["softmax", [[99, 0, 0, 0]], undefined],
  ] as const)("of %s at %j: a share of %s", async (name, x, share) => {
    const { saturated } = await sharesOf(
      [sameIn(name)],
      x.map((row) => [...row]),
    );
    expect(saturated).toEqual(share === undefined ? [] : [{ name: dense, share }]);
  });

  it("are counted by activation, over all samples", async () => {
    const x = [
      [9, 0, 0, 9],
      [-9, 0, 9, -9],
    ];
    expect((await sharesOf([sameIn("sigmoid")], x)).saturated).toEqual([{ name: dense, share: 5 / 8 }]);
  });

  it("are found by the slope alone, in a function of the user's and in a layer that is nothing else", async () => {
    const softsign = (z: tf.Tensor) => tf.div(z, tf.add(1, tf.abs(z)));
    const x = [[9, -9, 9, 0]];
    expect((await sharesOf([sameIn(softsign)], x)).saturated).toEqual([{ name: dense, share: 0.75 }]);
    const apart = await sharesOf([new Activation(softsign)], x);
    expect(apart.saturated).toEqual([{ name: activation, share: 0.75 }]);
  });
});

describe("an activation that treats its numbers together", () => {
  it("is passed by: a small slope of one is none of all", async () => {
    const scaled = (z: tf.Tensor) => tf.div(z, tf.add(1, tf.sum(tf.abs(z), -1, true)));
    expect(await sharesOf([sameIn(scaled)], [[99, -99, 99, 9]])).toEqual({ saturated: [], dead: [] });
  });
});

describe("dead units", () => {
  const leaky = (z: tf.Tensor) => tf.leakyRelu(z, 0.01);
  const x = [
    [-1, -1, 1, -3],
    [-2, 1, 1, -9],
    [-3, -1, 1, -5],
  ];

  it.each([
    ["relu", "relu" as const, 0.5],
    ["elu, far enough below 0", (z: tf.Tensor) => tf.elu(tf.mul(z, 20)), 0.5],
    ["leaky relu", leaky, undefined],
    ["sigmoid", "sigmoid" as const, undefined],
  ])("of %s are those without slope on every sample", async (_, activate, share) => {
    const { dead } = await sharesOf([sameIn(activate)], x);
    expect(dead).toEqual(share === undefined ? [] : [{ name: dense, share }]);
  });

  it("are not worth a word where fewer than half are", async () => {
    const alive = x.map(([first = 0, second = 0, third = 0]) => [first, second, third, 1]);
    expect((await sharesOf([sameIn("relu")], alive)).dead).toEqual([]);
  });

  it("pass a layer by that cannot be differentiated, or gives another shape", async () => {
    const layers = [new Activation(tf.sign), new Activation((z) => tf.concat([z, z], 1))];
    expect(await sharesOf(layers, x)).toEqual({ saturated: [], dead: [] });
  });
});
