import type { Curve } from "rivulet";
import { describe, expect, it } from "vitest";
import { liveExtent, liveRange } from "../../../../examples/lab/race/live-extent.ts";
import type { RaceTask } from "../../../../examples/lab/racing/task.ts";

const task: RaceTask = {
  problem: "sine",
  layers: [4],
  activation: "tanh",
  optimizer: "sgd",
  learningRate: 0.1,
  batchSizes: ["full", 100],
  momenta: [0],
  epochs: 30,
  seed: 1,
  repeats: 1,
  backend: "cpu",
};

const curve: Curve = {
  epochs: [0, 0.5, 1],
  steps: [0, 1, 2],
  samples: [0, 128, 256],
  seconds: [0, 0.0031, 0.0062],
  trainingLoss: [1, 0.5, 0.25],
  validationLoss: null,
};

describe("an axis while the race is on", () => {
  it("reaches as far as the race will go", () => {
    expect(liveExtent([curve], "epochs", false, task)).toEqual({ least: 0, most: 30 });
    expect(liveExtent([curve], "epochs", true, task)).toEqual({ least: 0.5, most: 30 });
    // 256 samples make two whole batches of 100 and a smaller one.
    expect(liveExtent([curve], "steps", false, task)).toEqual({ least: 0, most: 90 });
  });

  it("in seconds reaches to a round number, somewhat further than the runs have come", () => {
    expect(liveExtent([curve], "seconds", false, task)).toEqual({ least: 0, most: 0.01 });
    expect(liveExtent([curve], "seconds", true, task)).toEqual({ least: 0.002, most: 0.01 });
    expect(liveExtent([], "seconds", false, task)).toEqual({ least: 0, most: 1 });
  });

  it("has losses between round numbers", () => {
    expect(liveRange({ least: 0.013, most: 3.2 })).toEqual({ least: 0.01, most: 5 });
    expect(liveRange({ least: 0, most: 0.2 })).toEqual({ least: 0, most: 0.2 });
  });
});
