import * as tf from "@tensorflow/tfjs-core";
import {
  DisposedError,
  HyperparameterError,
  InUseError,
  Sequential,
  ShapeError,
  meanSquaredError,
  type Loss,
  type Optimizer,
} from "rivulet";
import { Dense } from "rivulet/layers";
import { Adam, RMSProp, SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { findLearningRate, type LearningRateSearchOptions } from "../../../src/explain/find-learning-rate.ts";
import { stepDecay } from "../../../src/schedules.ts";
import { sizeOf } from "../../../src/shape.ts";
import { expectClose } from "../../support/expect-close.ts";
import { curve, oneWeight, smallModel, weightsOf } from "../../support/models.ts";

const { x, y } = curve(16);
const options = { loss: "meanSquaredError", batchSize: 8, steps: 40 } as const;

/** Everything that training changes, as numbers. */
async function standOf(model: Sequential, optimizer: Optimizer) {
  const read = async (variables: readonly tf.Variable[]) => Promise.all(variables.map((variable) => variable.array()));
  return {
    weights: await weightsOf(model),
    state: await read(optimizer.stateOf(model.parameters)),
    counts: [...optimizer.countsOf(model.parameters).values()],
    rate: optimizer.learningRate,
    schedule: optimizer.schedule,
    steps: model.stepsTaken,
  };
}

describe("findLearningRate", () => {
  const network = () =>
    new Sequential([new Dense({ units: 4, activation: "tanh" }), new Dense({ units: 1 })], {
      inputShape: [1],
      seed: 3,
    });
  const line = () => new Sequential([new Dense({ units: 1 })], { inputShape: [1], seed: 3 });
  const times = (rows: readonly number[][], factor: number) => rows.map(([value = 0]) => [factor * (1 + value)]);

  it.each([
    ["a network", network, () => new SGD(), x, y],
    ["a network with momentum", network, () => new SGD({ momentum: 0.9 }), x, y],
    ["a network by Adam", network, () => new Adam(), x, y],
    ["a line by RMSProp", line, () => new RMSProp(), x, x],
    ["inputs in the thousands", line, () => new SGD(), times(x, 1000), y],
    ["inputs in the thousands, with momentum", line, () => new SGD({ momentum: 0.9 }), times(x, 1000), y],
    ["targets in the thousands", network, () => new SGD(), x, times(y, 1000)],
    ["both in the ten thousands", line, () => new SGD(), times(x, 1e4), times(y, 1e4)],
  ])("recommends a rate that trains: %s", async (_, make, optimizerOf, inputs, targets) => {
    using model = make();
    using optimizer = optimizerOf();
    const { recommended, message, points } = await findLearningRate(model, inputs, targets, { ...options, optimizer });
    expect(message).toMatch(
      /^\S+ is a tenth of \S+, the largest rate after which the loss was about as small as after any: it had come down from \S+ to \S+\.$/,
    );
    expect(points.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    const before = (await model.evaluate(inputs, targets, { loss: "mse" }))["loss"] ?? NaN;
    optimizer.learningRate = recommended ?? NaN;
    const { history } = await model.fit(inputs, targets, {
      loss: "mse",
      batchSize: 8,
      optimizer,
      epochs: 15,
      verbose: 0,
    });
    expect(history["loss"]?.at(-1)).toBeLessThan(0.5 * before);
  });

  it("goes from rate to rate by one factor, and stops when the loss blows up", async () => {
    using model = smallModel();
    const optimizer = new SGD();
    const { points } = await findLearningRate(model, x, y, { ...options, optimizer, from: 1e-3, to: 1e-1, steps: 11 });
    const rates = points.map(({ learningRate }) => Math.log10(learningRate));
    await expectClose(
      rates,
      Array.from({ length: 11 }, (_, step) => -3 + step / 5),
    );
    const { points: cut } = await findLearningRate(model, x, y, { ...options, optimizer, to: 1e6 });
    expect(cut.length).toBeLessThan(40);
    const smallest = Math.min(...cut.map(({ loss }) => loss));
    expect(cut.at(-2)?.loss).toBeLessThanOrEqual(4 * smallest);
  });

  it("measures the loss after each step, smoothed by a mean that forgets", async () => {
    using model = oneWeight();
    // C = w², w = 1: w ← w (1 − 2 η). With ten rates that all but agree, w = 0.8ᵗ.
    const rates = { from: 0.1, to: 0.1000001, steps: 10 };
    const { points } = await findLearningRate(model, [[1]], [[0]], { loss: "mse", optimizer: new SGD(), ...rates });
    let mean = 0;
    const expected = points.map((_, step) => {
      mean = 0.8 * mean + 0.2 * 0.8 ** (2 * (step + 1));
      return mean / (1 - 0.8 ** (step + 1));
    });
    await expectClose(
      points.map(({ loss }) => loss),
      expected,
      1e-5,
    );
  });

  it("goes lower by itself where every rate blows up, unless told where to start", async () => {
    using model = oneWeight();
    // λ = 2e16: from 1e-16 on it diverges.
    const search = async (from?: number) =>
      findLearningRate(model, [[1e8]], [[0]], {
        ...options,
        optimizer: new SGD(),
        ...(from === undefined ? {} : { from }),
      });
    expect((await search()).recommended).toBeLessThan(1e-16);
    const { recommended, message } = await search(1e-6);
    expect(recommended).toBeUndefined();
    expect(message).toBe(
      "At no rate from 1e-6 to 1e-6, where it blew up, did the loss fall from its first 1e+16 by 2 % or more. x is not " +
        "scaled: it reaches from 1e+8 to 1e+8. Scale every column to about −1 … 1, for instance to mean 0 and deviation 1.",
    );
  });

  it("says why where the loss falls at no rate", async () => {
    const kernelInitializer = (shape: readonly number[]) => new Float32Array(sizeOf(shape)).fill(-1);
    const layers = [1, 2].map(() => new Dense({ units: 1, activation: "relu", useBias: false, kernelInitializer }));
    using model = new Sequential(layers, { inputShape: [1] });
    const found = await findLearningRate(model, [[1], [2]], [[1], [2]], { ...options, optimizer: new SGD() });
    expect(found.recommended).toBeUndefined();
    expect(found.message).toBe(
      "At no rate from 1e-6 to 10 did the loss fall from its first 2.5 by 2 % or more. 100 % of dense_1's, 100 % of " +
        "dense_2's units are dead: flat on every sample that was looked at, so that no gradient passes and they stay so. " +
        "Try a smaller learning rate from the start, the initializer heNormal, or a leaky relu.",
    );
    expect(found.findings.map(({ kind }) => kind)).toEqual(["deadUnits"]);
    expect(found.points).toHaveLength(40);
  });

  it("says that a model may have learnt all it can", async () => {
    using model = oneWeight();
    const found = await findLearningRate(model, x, x, { ...options, optimizer: new SGD() });
    expect(found.message).toBe(
      "At no rate from 1e-6 to 10 did the loss fall from its first 0 by 2 % or more. It may have learnt all that it can; " +
        "else try other first weights.",
    );
  });

  it("says so of a loss that is NaN from the start", async () => {
    using model = oneWeight();
    const loss: Loss = (target, prediction) => tf.mean(tf.log(tf.sub(target, prediction)));
    const found = await findLearningRate(model, [[1]], [[0]], { loss, optimizer: new SGD() });
    expect(found).toMatchObject({ recommended: undefined, points: [], findings: [{ kind: "undefinedLoss" }] });
    expect(found.message).toContain("The loss is NaN with the weights that the model has now, on 1 sample");
  });

  it.each([
    ["that was never used", 0],
    ["in the middle of its run", 3],
  ])("leaves everything as it was, with an optimizer %s", async (_, epochs) => {
    using model = smallModel();
    using optimizer = new Adam({
      learningRate: stepDecay({ initialLearningRate: 0.1, decaySteps: 4, decayRate: 0.5 }),
    });
    const run = { loss: "mse", batchSize: 8, optimizer, verbose: 0 } as const;
    if (epochs > 0) await model.fit(x, y, { ...run, epochs });
    const before = await standOf(model, optimizer);
    await findLearningRate(model, x, y, { ...options, optimizer });
    const after = await standOf(model, optimizer);
    // What an optimizer did not remember yet, it now remembers as it would start: the fits below tell.
    expect(epochs === 0 ? { ...after, state: [] } : after).toEqual(before);
    using unsearched = smallModel();
    using other = new Adam({ learningRate: stepDecay({ initialLearningRate: 0.1, decaySteps: 4, decayRate: 0.5 }) });
    if (epochs > 0) await unsearched.fit(x, y, { ...run, optimizer: other, epochs });
    const { history } = await model.fit(x, y, run);
    expect(history).toEqual((await unsearched.fit(x, y, { ...run, optimizer: other })).history);
  });

  it.each([1, 2, 9, 10])("leaves everything as it was where the loss throws at its call %i", async (call) => {
    using model = smallModel();
    using optimizer = new SGD({ learningRate: 0.5, momentum: 0.9 });
    await model.fit(x, y, { loss: "mse", optimizer, verbose: 0 });
    const before = await standOf(model, optimizer);
    let calls = 0;
    const loss: Loss = (target, prediction) => {
      if (++calls === call) throw new Error("mine");
      return meanSquaredError(target, prediction);
    };
    await expect(findLearningRate(model, x, y, { ...options, loss, optimizer })).rejects.toThrow("mine");
    expect(await standOf(model, optimizer)).toEqual(before);
  });

  it("leaves an optimizer its rate where the model is disposed of meanwhile", async () => {
    using model = smallModel();
    using optimizer = new SGD({ learningRate: 0.5, momentum: 0.9 });
    let calls = 0;
    const loss: Loss = (target, prediction) => {
      if (++calls === 5) queueMicrotask(() => model.dispose());
      return meanSquaredError(target, prediction);
    };
    const search = findLearningRate(model, x, y, { ...options, loss, optimizer });
    await expect(search).rejects.toBeInstanceOf(DisposedError);
    expect(optimizer.learningRate).toBe(0.5);
  });

  it("repeats itself from the model's seed, which orders its batches", async () => {
    const pointsOf = async (seed: number) => {
      const layers = [new Dense({ units: 1, kernelInitializer: "zeros" })];
      using model = new Sequential(layers, { inputShape: [1], seed });
      return (await findLearningRate(model, x, y, { ...options, batchSize: 2, optimizer: new SGD(), steps: 10 }))
        .points;
    };
    const points = await pointsOf(1);
    expect(await pointsOf(1)).toEqual(points);
    expect(await pointsOf(2)).not.toEqual(points);
  });

  it("counts samples by their weights", async () => {
    using model = oneWeight();
    const search = async (sampleWeight: number[]) =>
      findLearningRate(model, [[1], [2]], [[0], [0]], {
        ...options,
        optimizer: new SGD(),
        sampleWeight,
        loss: weighted,
      });
    const weighted: Loss = (target, prediction, weights) => {
      const each = tf.mean(tf.squaredDifference(prediction, target), 1);
      return tf.mean(weights === undefined ? each : tf.mul(each, weights));
    };
    // C starts at (1 · 1 + 0 · 4) / 2, at (0 · 1 + 1 · 4) / 2.
    expect((await search([1, 0])).message).toContain("from 0.5 to");
    expect((await search([0, 1])).message).toContain("from 2 to");
  });
});

describe("findLearningRate's options", () => {
  const refused: [Partial<Record<keyof LearningRateSearchOptions | "form", unknown>>, string][] = [
    [{ from: 0 }, "findLearningRate expects from to be a finite number above 0, got 0."],
    [{ from: NaN }, "findLearningRate expects from to be a finite number above 0, got NaN."],
    [{ to: 1e-7 }, "findLearningRate expects to to be a finite number above from, 0.000001, got 1e-7."],
    [{ from: 1, to: 1 }, "findLearningRate expects to to be a finite number above from, 1, got 1."],
    [{ to: Infinity }, "findLearningRate expects to to be a finite number above from, 0.000001, got Infinity."],
    [{ steps: 9 }, "findLearningRate expects steps to be a whole number, 10 or more, got 9."],
    [{ steps: 20.5 }, "findLearningRate expects steps to be a whole number, 10 or more, got 20.5."],
    [{ batchSize: 0 }, 'findLearningRate expects batchSize to be "full" or a whole number above 0, got 0.'],
    [
      { form: 1 },
      'findLearningRate has no option "form". Did you mean "from"? Known: loss, optimizer, batchSize, from, to, steps, sampleWeight.',
    ],
    [
      { optimizer: "sgd" },
      'findLearningRate expects optimizer to be an Optimizer, such as new SGD({ learningRate: 0.1 }), got "sgd".',
    ],
  ];

  it.each(refused)("are refused: %j", async (wrong, message) => {
    using model = oneWeight();
    const given = { loss: "mse", optimizer: new SGD(), ...wrong } as unknown as LearningRateSearchOptions;
    const error: unknown = await findLearningRate(model, [[1]], [[1]], given).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HyperparameterError);
    expect((error as HyperparameterError).message).toBe(message);
  });

  it("go with samples that fit", async () => {
    using model = oneWeight();
    const search = findLearningRate(model, [[1, 2]], [[1]], { loss: "mse", optimizer: new SGD() });
    await expect(search).rejects.toBeInstanceOf(ShapeError);
    const gone = oneWeight();
    gone.dispose();
    const late = findLearningRate(gone, [[1]], [[1]], { loss: "mse", optimizer: new SGD() });
    await expect(late).rejects.toThrow("This model was disposed, and its weights are gone. Make a new one.");
  });

  it("and fit and another search keep out of each other's way", async () => {
    using model = smallModel();
    const sgd = new SGD();
    const before = await standOf(model, sgd);
    const search = findLearningRate(model, x, y, { ...options, optimizer: sgd });
    const fit = async () => model.fit(x, y, { loss: "mse", optimizer: sgd, verbose: 0 });
    const searched = "is being trained by findLearningRate. Await that one first.";
    await expect(fit()).rejects.toThrow(new InUseError(`This Sequential ${searched}`));
    await expect(findLearningRate(model, x, y, { ...options, optimizer: new Adam() })).rejects.toThrow(
      new InUseError("This Sequential is being trained by another findLearningRate. Await that one first."),
    );
    await search;
    expect(await standOf(model, sgd)).toEqual(before);
    const fitting = fit();
    await expect(findLearningRate(model, x, y, { ...options, optimizer: sgd })).rejects.toThrow(
      new InUseError("This Sequential is being trained by fit. Await that one first."),
    );
    await fitting;
  });
});
