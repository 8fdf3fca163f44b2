import { RandomStream, Sequential, type Finding, type FitOptions } from "rivulet";
import { BatchNorm, Dense } from "rivulet/layers";
import { Adam, SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";

/** Weights of cars, from 1600 to 5000 pounds, and what they use of petrol, to mean 0 and deviation 1 or so. */
const pounds = Array.from({ length: 32 }, (_, car) => [1600 + (3400 * ((car * 7) % 32)) / 31]);
const consumption = pounds.map(([weight = 0]) => [Math.tanh((weight - 3300) / 1000) + 0.1 * Math.sin(weight)]);
const scaled = pounds.map(([weight = 0]) => [(weight - 3300) / 1000]);

async function findingsOf(
  model: Sequential,
  [x, y]: readonly [readonly number[][], readonly number[][]],
  options: Partial<FitOptions> = {},
): Promise<readonly Finding[]> {
  using trained = model;
  using optimizer = options.optimizer ?? new Adam({ learningRate: 0.02 });
  const all = { loss: "mse", batchSize: "full", epochs: 20, verbose: 0, ...options, optimizer } as const;
  return (await trained.fit(x, y, all)).findings ?? [];
}

const network = () =>
  new Sequential([new Dense({ units: 4, activation: "tanh" }), new Dense({ units: 1 })], { inputShape: [1], seed: 3 });

const line = () => new Sequential([new Dense({ units: 1 })], { inputShape: [1], seed: 3 });

describe("a loss that creeps down", () => {
  it("is told to come of inputs that are not scaled", async () => {
    const findings = await findingsOf(network(), [pounds, consumption]);
    expect(findings).toEqual([
      {
        kind: "unscaledInputs",
        message: expect.stringMatching(
          new RegExp(
            "^The loss falls, but is hardly better than that of one prediction for all samples " +
              String.raw`\([\d.]+ against [\d.]+ on 32 samples\)\. ` +
              "x is not scaled: it reaches from 1600 to 5000\\. Scale every column to about −1 … 1, for instance to " +
              "mean 0 and deviation 1\\.$",
          ),
        ) as unknown,
        column: 0,
        smallest: 1600,
        largest: 5000,
      },
    ]);
  });
});

describe("nothing is said of", () => {
  it("a network on scaled inputs", async () => {
    expect(await findingsOf(network(), [scaled, consumption])).toEqual([]);
  });

  it("one that has hardly begun to learn from scaled inputs", async () => {
    const optimizer = new SGD({ learningRate: 0.002 });
    expect(await findingsOf(network(), [scaled, consumption], { optimizer })).toEqual([]);
  });

  it("a line through inputs that are not scaled, where it is found all the same", async () => {
    const tens = scaled.map(([value = 0]) => [10 * value]);
    expect(await findingsOf(line(), [tens, scaled])).toEqual([]);
  });

  it("inputs that the network scales itself", async () => {
    const layers = [new BatchNorm(), new Dense({ units: 1 })];
    const model = new Sequential(layers, { inputShape: [1], seed: 3 });
    expect(await findingsOf(model, [pounds, consumption], { optimizer: new SGD({ learningRate: 0.1 }) })).toEqual([]);
  });

  it("targets that inputs, scaled, say little of", async () => {
    const random = new RandomStream(1, "noise");
    const noisy = scaled.map(([value = 0]) => [0.3 * value + random.normal()]);
    expect(await findingsOf(line(), [scaled, noisy])).toEqual([]);
  });

  it("a classification", async () => {
    const classes = scaled.map(([value = 0]) => [value > 0 ? 1 : 0]);
    expect(await findingsOf(line(), [scaled, classes], { loss: "binaryCrossentropyFromLogits" })).toEqual([]);
  });
});
