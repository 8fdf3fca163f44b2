import { Sequential, meanSquaredError } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { blewUpAtOnce, recommend } from "../../../src/explain/recommend-rate.ts";

const sweep = { from: 1e-4, to: 1, steps: 5 };

/** Losses after steps at 1e-4, 1e-3, …, from a first one of 1. */
const swept = (...losses: number[]) => ({
  start: 1,
  points: losses.map((loss, index) => ({ learningRate: 1e-4 * 10 ** index, loss })),
});

async function recommendedBy(...losses: number[]) {
  using model = new Sequential([new Dense({ units: 1 })], { inputShape: [1] });
  const samples = { x: tf.tensor2d([[1], [2]]), y: tf.tensor2d([[1], [2]]) };
  const look = {
    model,
    rule: { loss: meanSquaredError, optimizer: new SGD() },
    samples,
    all: samples,
    start: undefined,
  };
  try {
    return (await recommend(look, swept(...losses), sweep)).recommended;
  } finally {
    tf.dispose(samples);
  }
}

describe("the learning rate that is recommended", () => {
  it.each([
    ["a tenth of the rate of the smallest loss", [0.9, 0.5, 0.1, 0.4, 3], 1e-3],
    ["not of a first dip, if a larger rate does as well", [0.9, 0.1, 0.4, 0.14, 3], 1e-2],
    ["of that dip, if none does", [0.9, 0.1, 0.4, 0.15, 3], 1e-4],
    ["of the last rate, if the loss still falls", [0.9, 0.8, 0.7, 0.6, 0.5], 0.1],
    ["the only one that did not blow up", [0.5, 4], 1e-5],
    ["none for a loss that fell by less than 2 %", [1, 0.99, 0.981, 1, 1], undefined],
    ["none for a loss that rose", [2, 4], undefined],
  ])("is %s", async (_, losses, recommended) => {
    expect(await recommendedBy(...losses)).toBe(recommended);
  });
});

describe("a sweep", () => {
  it.each([
    ["blew up at its first rate", [5], true],
    ["blew up after none", [], true],
    ["fell at the first rates only", [0.5, 4], true],
    ["fell for two decades before", [0.9, 0.8, 0.5, 4], false],
    ["never fell, but never blew up", [1, 1, 1, 1, 1], false],
  ])("is to start lower where it %s: %j", (_, losses, expected) => {
    expect(blewUpAtOnce(swept(...losses), sweep)).toBe(expected);
  });

  it("is not to start lower where the loss is none to start with", () => {
    expect(blewUpAtOnce({ start: NaN, points: [] }, sweep)).toBe(false);
  });
});
