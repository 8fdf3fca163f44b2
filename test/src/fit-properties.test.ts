import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { Sequential, trainStep, type FitOptions } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, inject, it } from "vitest";
import { batchRanges } from "../../src/batches.ts";
import { anyLayer, anyLayerOfOneSample } from "../support/any-layer.ts";
import { expectClose } from "../support/expect-close.ts";
import { weightsOf } from "../support/models.ts";
import { rules } from "../support/rules.ts";

/** A GPU's programs are compiled for each shape: in software half a second, where others take a millisecond. */
const numRuns = { cpu: 30, wasm: 20, tensorflow: 10, webgl: 2, webgpu: 1 }[inject("backend")];

/** Sums in another order, through layer norms that divide by as little as 0.03: a few 1e-7, thirty times as large. */
const tolerance = 1e-5;

/** So small that no network of a few layers diverges. */
const learningRate = fc.double({ min: 1e-5, max: 1e-3, noNaN: true });

const hundredths = fc.integer({ min: -200, max: 200 }).map((count) => count / 100);

const drawn = {
  inputs: fc.integer({ min: 1, max: 3 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  samples: fc.oneof({ arbitrary: fc.integer({ min: 3, max: 9 }), weight: 4 }, fc.constantFrom(1, 2)),
  numbers: fc.array(hundredths, { minLength: 8, maxLength: 20 }),
  seed: fc.maxSafeInteger(),
};

interface Drawn {
  readonly inputs: number;
  readonly outputs: number;
  readonly samples: number;
  readonly numbers: readonly number[];
  readonly seed: number;
}

/** Inputs and targets are rows of the same few numbers, from different places on. */
function problemOf({ inputs, outputs, samples, numbers, seed }: Drawn) {
  const rows = (width: number, from: number) =>
    Array.from({ length: samples }, (_, row) =>
      Array.from({ length: width }, (_each, column) => numbers[(from + row * width + column) % numbers.length] ?? 0),
    );
  return { inputs, outputs, samples, seed, x: rows(inputs, 0), y: rows(outputs, 2) };
}

const anyProblem = fc.record(drawn).map(problemOf);

type Problem = ReturnType<typeof problemOf>;

const anyLayers = fc.array(anyLayer, { maxLength: 3 });

const anyRule = fc
  .record({
    rule: fc.constantFrom(...rules),
    learningRate,
    weightDecay: fc.constantFrom(0, 0.01),
    clipping: fc.constantFrom({}, { clipValue: 0.1 }, { clipNorm: 0.5 }, { globalClipNorm: 0.5 }),
  })
  .map(({ rule, clipping, ...options }) => ({ name: rule.name, make: () => rule.make({ ...options, ...clipping }) }));

const anyLoss = fc.constantFrom("meanSquaredError", "meanAbsoluteError", "huber" as const);

const anyRun = fc.record({
  epochs: fc.integer({ min: 1, max: 3 }),
  // Mostly such that an epoch has several batches, the last one smaller.
  batchSize: fc.oneof(
    { arbitrary: fc.integer({ min: 2, max: 5 }), weight: 4 },
    fc.constantFrom(1, 10, "full" as const),
  ),
  loss: anyLoss,
});

/** The drawn layers and a last one, of as many units as there are targets. */
function networkOf({ inputs, outputs, seed }: Problem, layers: readonly (() => Sequential["layers"][number])[]) {
  const all = [...layers.map((make) => make()), new Dense({ units: outputs })];
  return new Sequential(all, { inputShape: [inputs], seed });
}

async function valuesOf(model: Sequential): Promise<unknown> {
  return Promise.all([...model.parameters, ...model.state].map(async (variable) => variable.array()));
}

describe("fit, whatever the network, the rule and the data", () => {
  it("has finite losses for each epoch, keeps what the rule remembers alone, and repeats itself", async () => {
    const property = fc.asyncProperty(anyProblem, anyLayers, anyRule, anyRun, async (problem, layers, rule, run) => {
      const { x, y, samples } = problem;
      const runOnce = async (batchSize: number | "full") => {
        using model = networkOf(problem, layers);
        using optimizer = rule.make();
        const { numTensors } = tf.memory();
        const history = await model.fit(x, y, { ...run, batchSize, optimizer, metrics: ["mae"], verbose: 0 });
        expect(tf.memory().numTensors - numTensors).toBe(optimizer.stateOf(model.parameters).length);
        return { history: history.history, epoch: history.epoch, values: await valuesOf(model) };
      };
      const result = await runOnce(run.batchSize);
      expect(result.epoch).toEqual(Array.from({ length: run.epochs }, (_, epoch) => epoch));
      expect(Object.keys(result.history)).toEqual(["loss", "mae"]);
      for (const values of Object.values(result.history)) {
        expect(values.filter(Number.isFinite)).toHaveLength(run.epochs);
      }
      // To the bit, and whether all samples are asked for by number, by more than there are or by name.
      const isFull = run.batchSize === "full" || run.batchSize >= samples;
      expect(await runOnce(isFull ? samples : run.batchSize)).toEqual(result);
    });
    await fc.assert(property, { numRuns });
  });

  it("takes the steps that trainStep takes, and has their losses' mean by size", async () => {
    const property = fc.asyncProperty(anyProblem, anyLayers, anyRule, anyRun, async (problem, layers, rule, run) => {
      const { x, y, samples } = problem;
      using model = networkOf(problem, layers);
      using optimizer = rule.make();
      // As it is written: a compiled step may round otherwise.
      const { history } = await model.fit(x, y, { ...run, optimizer, shuffle: false, verbose: 0, compile: false });
      using other = networkOf(problem, layers);
      using another = rule.make();
      const ranges = batchRanges(samples, run.batchSize === "full" ? samples : run.batchSize);
      const means: number[] = [];
      for (let epoch = 0; epoch < run.epochs; epoch++) {
        const losses = ranges.map(({ start, size }) => {
          const [batchX, batchY] = [x.slice(start, start + size), y.slice(start, start + size)];
          return trainStep(other, batchX, batchY, { loss: run.loss, optimizer: another });
        });
        const values = await Promise.all(losses.map(async (loss) => loss.array()));
        tf.dispose(losses);
        means.push(values.reduce((sum, value, index) => sum + value * (ranges[index]?.size ?? NaN), 0) / samples);
      }
      await expectClose(history["loss"] ?? NaN, means);
      expect(await valuesOf(model)).toEqual(await valuesOf(other));
    });
    await fc.assert(property, { numRuns });
  });

  it("counts a sample of weight 2 as two, but for the divisor, and weights of 1 not at all", async () => {
    const layers = fc.array(anyLayerOfOneSample, { maxLength: 3 });
    const anything = fc.record({ problem: anyProblem, layers, rate: learningRate, loss: anyLoss, place: fc.nat() });
    const property = fc.asyncProperty(anything, async ({ problem, rate, loss, place, ...network }) => {
      const { x, y, samples } = problem;
      const after = async (
        rows: Pick<Problem, "x" | "y">,
        ownRate: number,
        weights: Pick<FitOptions, "sampleWeight">,
      ) => {
        using model = networkOf(problem, network.layers);
        using optimizer = new SGD({ learningRate: ownRate, momentum: 0.9 });
        const options = { loss, optimizer, batchSize: "full", shuffle: false, epochs: 3, verbose: 0 } as const;
        const { history } = await model.fit(rows.x, rows.y, { ...options, ...weights });
        return { losses: history["loss"] ?? [], weights: await weightsOf(model) };
      };
      const ones = Array.from({ length: samples }, () => 1);
      const plain = await after(problem, rate, {});
      const weighed = await after(problem, rate, { sampleWeight: ones });
      await expectClose(weighed.losses, plain.losses, tolerance);
      await expectClose(weighed.weights, plain.weights, tolerance);
      // C is Σ w l by n, and with a row more by n + 1: a rate that makes up for it takes the same steps.
      const twice = place % samples;
      const share = samples / (samples + 1);
      const repeated = { x: [...x, x[twice] ?? []], y: [...y, y[twice] ?? []] };
      const doubled = await after(problem, rate * share, { sampleWeight: ones.with(twice, 2) });
      const duplicated = await after(repeated, rate, {});
      const losses = doubled.losses.map((value) => value * share);
      await expectClose(losses, duplicated.losses, tolerance);
      await expectClose(doubled.weights, duplicated.weights, tolerance);
    });
    await fc.assert(property, { numRuns });
  });
});
