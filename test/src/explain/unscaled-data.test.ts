import * as tf from "@tensorflow/tfjs-core";
import { Sequential, meanSquaredError, type Layer } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import type { Look } from "../../../src/explain/look.ts";
import { unscaledInputs, unscaledTargets } from "../../../src/explain/unscaled-data.ts";

/** Divides by ten, as a layer that normalises might. */
class Tenth implements Layer {
  readonly parameters: tf.Variable[] = [];
  build(): void {}
  forward(x: tf.Tensor): tf.Tensor {
    return tf.div(x, 10);
  }
}

const advice = "Scale every column to about −1 … 1, for instance to mean 0 and deviation 1.";

async function look(inspect: (look: Look) => Promise<unknown>, x: number[][], y: number[][], before: Layer[] = []) {
  const layers = [...before, new Dense({ units: y[0]?.length ?? 0 })];
  using model = new Sequential(layers, { inputShape: [x[0]?.length ?? 0] });
  const samples = { x: tf.tensor2d(x), y: tf.tensor2d(y) };
  const rule = { loss: meanSquaredError, optimizer: new SGD() };
  try {
    return await inspect({ model, rule, samples, all: samples, start: undefined });
  } finally {
    tf.dispose(samples);
  }
}

const zeros = (rows: number[][]) => rows.map(() => [0]);

describe("data that are not scaled", () => {
  it("are named by their worst column and its range", async () => {
    const x = [
      [0.1, 20, 1200],
      [0.2, -30, 900],
    ];
    const message = `x is not scaled: it reaches from 900 to 1200 in column 2. ${advice}`;
    const expected = [{ kind: "unscaledInputs", message, column: 2, smallest: 900, largest: 1200 }];
    expect(await look(unscaledInputs, x, zeros(x))).toEqual(expected);
  });

  it("are columns of very different size, too, but a column of zeros is not counted", async () => {
    const x = [
      [0.5, 0, 0.125],
      [-4, 0, 0.03125],
    ];
    expect(await look(unscaledInputs, x, zeros(x))).toEqual([]);
    const far = x.map(([first = 0, second = 0, third = 0]) => [first, second, third / 8]);
    const message = `x is not scaled: its numbers are up to 4 in size in column 0, but only up to 0.01563 in column 2. ${advice}`;
    const expected = { kind: "unscaledInputs", message, column: 2, smallest: 0.00390625, largest: 0.015625 };
    expect(await look(unscaledInputs, far, zeros(far))).toEqual([expected]);
  });

  it.each([
    ["10 in size", [[10], [-10]], 0],
    ["more", [[10.5], [0]], 1],
    ["more below 0", [[-10.5], [0]], 1],
  ])("are those beyond 10: %s", async (_, x, count) => {
    expect(await look(unscaledInputs, x, zeros(x))).toHaveLength(count);
  });

  it("are looked at where they reach the first weights", async () => {
    const x = [[90], [-90]];
    expect(await look(unscaledInputs, x, zeros(x), [new Tenth()])).toEqual([]);
    const message = `The input of dense_1 is not scaled: it reaches from -90 to 90. ${advice}`;
    const large = [[900], [-900]];
    expect(await look(unscaledInputs, large, zeros(large), [new Tenth()])).toMatchObject([{ message }]);
  });

  it("are targets as well, where the prediction is to meet them", async () => {
    const y = [
      [1, 5000],
      [2, 7000],
    ];
    const message = `y is not scaled: it reaches from 5000 to 7000 in column 1. ${advice}`;
    const expected = { kind: "unscaledTargets", message, column: 1, smallest: 5000, largest: 7000 };
    expect(await look(unscaledTargets, zeros(y), y)).toEqual([expected]);
  });

  it("are not labels, which are of another shape than the prediction", async () => {
    using model = new Sequential([new Dense({ units: 3 })], { inputShape: [1] });
    const samples = { x: tf.tensor2d([[1], [2]]), y: tf.tensor1d([40, 50]) };
    const rule = { loss: meanSquaredError, optimizer: new SGD() };
    expect(await unscaledTargets({ model, rule, samples, all: samples, start: undefined })).toEqual([]);
    tf.dispose(samples);
  });
});
