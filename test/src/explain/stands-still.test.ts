import * as tf from "@tensorflow/tfjs-core";
import { Sequential, type Callback, type FitOptions, type Initializer, type Loss, type TrainingRun } from "rivulet";
import { Dense, type DenseOptions } from "rivulet/layers";
import { Adam, SGD } from "rivulet/optimizers";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Finding } from "../../../src/explain/finding.ts";
import { isFlat } from "../../../src/explain/stands-still.ts";
import { RandomStream } from "../../../src/random.ts";
import { sizeOf } from "../../../src/shape.ts";
import { curve, oneWeight } from "../../support/models.ts";

const { x, y } = curve(16);

/** Layers of a few units each, then one more unit. */
function network(units: readonly number[], options: Partial<DenseOptions> = {}, last: Partial<DenseOptions> = {}) {
  const layers = units.map((count) => new Dense({ ...options, units: count }));
  return new Sequential([...layers, new Dense({ ...last, units: 1 })], { inputShape: [1], seed: 5 });
}

const filledWith =
  (value: number): Initializer =>
  (shape) =>
    new Float32Array(sizeOf(shape)).fill(value);

/** Trains by batch descent, and gives the last of the fits' findings. The model is disposed of. */
async function findingsOf(
  model: Sequential,
  options: Partial<FitOptions>,
  { inputs = x, targets = y, fits = 1 } = {},
): Promise<readonly Finding[]> {
  using trained = model;
  using optimizer = options.optimizer ?? new SGD({ learningRate: 0.1 });
  const all = { loss: "meanSquaredError", batchSize: "full", epochs: 20, verbose: 0, ...options, optimizer } as const;
  let findings: readonly Finding[] | undefined;
  for (let fit = 0; fit < fits; fit++) ({ findings } = await trained.fit(inputs, targets, all));
  return findings ?? [];
}

const kindsOf = (findings: readonly Finding[]) => findings.map(({ kind }) => kind);

describe("a loss", () => {
  const epochs = fc.integer({ min: 5, max: 200 });
  const scales = fc.integer({ min: -6, max: 6 }).map((exponent) => 10 ** exponent);

  it("is not flat while it falls by 2 % an epoch or faster", () => {
    const speeds = fc.double({ min: 0.5, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(epochs, speeds, scales, (count, speed, scale) => {
        // Faster than that, a line is no good fit for the last three of five: the predictions decide then.
        expect(isFlat(Array.from({ length: count }, (_, epoch) => scale * speed ** epoch))).toBe(false);
      }),
    );
  });

  it("is flat where it stays, rises, or goes up and down", () => {
    const swings = fc.double({ min: 0, max: 0.5, noNaN: true });
    const rises = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(epochs, scales, swings, rises, (count, scale, swing, rise) => {
        const course = Array.from(
          { length: count },
          (_, epoch) => 1 + rise * epoch + (epoch % 2 === 0 ? swing : -swing),
        );
        expect(isFlat(course.map((loss) => scale * loss))).toBe(true);
      }),
    );
  });

  it("is not called flat before its fifth epoch", () => {
    expect(isFlat([1, 1, 1, 1])).toBe(false);
    expect(isFlat([1, 1, 1, 1, 1])).toBe(true);
  });
});

const rate = (learningRate: number) => ({ optimizer: new SGD({ learningRate }) });

describe("a run that stands still", () => {
  it("names dead units", async () => {
    const model = network([8], { activation: "relu", biasInitializer: filledWith(-10) });
    const [still, dead, ...others] = await findingsOf(model, rate(0.4));
    expect(others).toEqual([]);
    expect(still).toEqual({
      kind: "standsStill",
      message:
        "The loss stands still: 0.33 in the first epoch, 0.08354 in the last. One prediction for all samples would do as " +
        "well or better (0.08354 against 0.08354 on 16 samples).",
      first: expect.closeTo(0.33002, 4),
      last: expect.closeTo(0.083537, 5),
      loss: expect.closeTo(0.083537, 5),
      constantLoss: expect.closeTo(0.083537, 5),
    });
    expect(dead).toEqual({
      kind: "deadUnits",
      message:
        "100 % of dense_1's units are dead: flat on every sample that was looked at, so that no gradient passes and they " +
        "stay so. Try a smaller learning rate from the start, the initializer heNormal, or a leaky relu.",
      layers: [{ name: "dense_1", share: 1 }],
    });
  });

  it("names saturated units", async () => {
    // σ(15) = 1 − 3e-7 for every sample, near enough.
    const model = network([8], { activation: "sigmoid", biasInitializer: filledWith(15) });
    const findings = await findingsOf(model, rate(0.05));
    expect(kindsOf(findings)).toEqual(["standsStill", "saturatedUnits", "vanishingGradients"]);
    expect(findings[1]).toEqual({
      kind: "saturatedUnits",
      message:
        "100 % of dense_1's activations are saturated: at an end of their range, where the slope is below 4 % of its " +
        "largest and next to no gradient passes. Try scaled inputs, smaller first weights, or a relu.",
      layers: [{ name: "dense_1", share: 1 }],
    });
  });

  it("names gradients that vanish through many layers", async () => {
    const model = network(Array<number>(10).fill(4), { activation: "sigmoid" });
    const findings = await findingsOf(model, rate(0.2));
    expect(kindsOf(findings)).toEqual(["standsStill", "vanishingGradients"]);
    const [, vanishing] = findings;
    if (vanishing?.kind !== "vanishingGradients") throw new Error("no numbers");
    expect(vanishing.message).toMatch(
      /^The gradients vanish: on their way back the norm of dense_11\/kernel's is \S+, that of dense_1\/kernel's \S+, with the weights that the run started with\. Try relus with the initializer heNormal, a normalisation between the layers, or fewer layers\.$/,
    );
    expect(vanishing.kernels.map(({ name }) => name)).toEqual(model.layerNames.map((name) => `${name}/kernel`));
    const norms = vanishing.kernels.map(({ gradientNorm }) => gradientNorm);
    expect((norms[0] ?? NaN) / (norms.at(-1) ?? NaN)).toBeLessThan(1e-4);
  });

  it.each([
    ["plain descent", new SGD({ learningRate: 1e-7 }), "larger ones, up to that"],
    ["Adam", new Adam({ learningRate: 1e-7 }), "the usual 0.001"],
  ])("names a learning rate that is too small for %s, with one that was tried", async (_, optimizer, advice) => {
    const findings = await findingsOf(network([4], { activation: "tanh" }), { optimizer });
    expect(kindsOf(findings)).toEqual(["standsStill", "learningRateTooSmall"]);
    const [, small] = findings;
    if (small?.kind !== "learningRateTooSmall") throw new Error("no numbers");
    expect(small.message).toMatch(
      /^The learning rate 1e-7 is too small: on 16 samples one plain step at 0\.\d+ lowers the /,
    );
    expect(small.message).toContain(` Try ${advice}.`);
    expect(small.learningRate).toBe(1e-7);
    expect(small.lossAfter).toBeLessThan(0.5 * small.loss);
  });

  it("names a learning rate that is too small also where the first weights happen to be good", async () => {
    const model = new Sequential([new Dense({ units: 1, kernelInitializer: [[0.5]] })], { inputShape: [1] });
    // ŷ = x / 2 for y = 1.7 x leaves half of what the mean would, (1.2 / 1.7)².
    const findings = await findingsOf(model, rate(1e-7), { targets: x.map(([value = 0]) => [1.7 * value]) });
    expect(kindsOf(findings)).toEqual(["standsStill", "learningRateTooSmall"]);
  });

  it("names inputs that are not scaled, and a learning rate that is too large, before what came of them", async () => {
    const model = network([4], { activation: "tanh" });
    const inputs = x.map(([value = 0]) => [1000 + 1000 * value]);
    const findings = await findingsOf(model, rate(0.3), { inputs });
    expect(kindsOf(findings)).toEqual(["standsStill", "unscaledInputs", "learningRateTooLarge", "saturatedUnits"]);
    expect(findings[0]?.message).toMatch(/^The loss rises: /);
    expect(findings[1]).toEqual({
      kind: "unscaledInputs",
      message:
        "x is not scaled: it reaches from 0 to 1875. Scale every column to about −1 … 1, for instance to mean 0 and " +
        "deviation 1.",
      column: 0,
      smallest: 0,
      largest: 1875,
    });
  });

  it("names targets that are out of reach", async () => {
    const model = network([4], { activation: "tanh" }, { activation: "sigmoid" });
    const targets = y.map(([value = 0]) => [20 + value]);
    const kinds = kindsOf(await findingsOf(model, rate(0.05), { targets }));
    expect(kinds).toEqual(["standsStill", "unscaledTargets", "saturatedUnits"]);
  });

  it("says what to try where nothing stands out", async () => {
    const zeros = { kernelInitializer: "zeros" } as const;
    // All of a layer's units are alike, and stay so: only the last bias learns.
    const [still, ...causes] = await findingsOf(network([4], { ...zeros, activation: "tanh" }, zeros), rate(0.4));
    expect(causes).toEqual([]);
    expect(still?.message).toBe(
      "The loss stands still: 0.33 in the first epoch, 0.08354 in the last. One prediction for all samples would do as " +
        "well or better (0.08354 against 0.08354 on 16 samples). Nothing else stands out. Try the learning rate that " +
        "findLearningRate recommends, other first weights and more units, and ask whether x tells anything of y.",
    );
  });

  it("does not blame a small learning rate where a larger step would not help", async () => {
    const model = new Sequential([new Dense({ units: 1, kernelInitializer: "zeros" })], { inputShape: [1] });
    // Already the best line there is, ŷ = 0: the targets are even in x, and of mean 0.
    const targets = x.map((_, row) => [row % 2 === 0 ? 1 : -1]);
    const inputs = x.map((_, row) => [row % 4 < 2 ? 1 : -1]);
    const findings = await findingsOf(model, rate(1e-7), { inputs, targets });
    expect(kindsOf(findings)).toEqual(["standsStill"]);
  });

  it("holds for a loss of the user's own, and for samples that count by weight", async () => {
    const loss: Loss = (target, prediction, weights) => {
      const each = tf.mean(tf.abs(tf.sub(prediction, target)), 1);
      return tf.mean(weights === undefined ? each : tf.mul(each, weights));
    };
    const model = network([8], { activation: "relu", biasInitializer: filledWith(-10) });
    const sampleWeight = x.map((_, index) => 1 + (index % 2));
    const findings = await findingsOf(model, { ...rate(0.1), epochs: 60, loss, sampleWeight });
    expect(kindsOf(findings)).toEqual(["standsStill", "deadUnits"]);
  });
});

/** Numbers in [−1, 1], the same each time. */
const random = new RandomStream(1, "stands still");
const noise = Array.from({ length: 64 }, () => [2 * random.uniform() - 1]);
const scattered = Array.from({ length: 64 }, () => [2 * random.uniform() - 1]);

/** −1/n Σ (y ln p + (1 − y) ln(1 − p)) of logits, by ln(1 + eᶻ) − y z. */
const crossEntropy: Loss = (target, logits) => tf.mean(tf.sub(tf.softplus(logits), tf.mul(target, logits)));

const exclusiveOr = {
  inputs: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  targets: [[0], [1], [1], [0]],
};

/** Runs that learn what there is to learn, once or twice over: most have arrived, and stand still there. */
const healthy: Record<string, () => ReturnType<typeof findingsOf>> = {
  "a curve": async () => {
    const optimizer = new SGD({ learningRate: 0.3, momentum: 0.9 });
    return findingsOf(network([8], { activation: "tanh" }), { optimizer, epochs: 60 });
  },
  "a curve, trained on": async () => {
    const optimizer = new SGD({ learningRate: 0.3, momentum: 0.9 });
    return findingsOf(network([8], { activation: "tanh" }), { optimizer, epochs: 60 }, { fits: 2 });
  },
  "a line, met to the last digit": async () =>
    findingsOf(oneWeight(), { ...rate(0.5), epochs: 60 }, { targets: x, fits: 2 }),
  "exclusive or": async () => {
    const layers = [new Dense({ units: 4, activation: "tanh" }), new Dense({ units: 1 })];
    const optimizer = new SGD({ learningRate: 0.3, momentum: 0.9 });
    const model = new Sequential(layers, { inputShape: [2], seed: 5 });
    return findingsOf(model, { optimizer, epochs: 80 }, { ...exclusiveOr, fits: 2 });
  },
  "a tenth of signal in noise": async () => {
    const targets = scattered.map(([value = 0], row) => [0.3 * value + (noise[row]?.[0] ?? 0)]);
    return findingsOf(network([]), { ...rate(0.3), epochs: 40 }, { inputs: scattered, targets, fits: 2 });
  },
  "a classification that cannot be told apart wholly": async () => {
    const targets = scattered.map(([value = 0], row) => [value + (noise[row]?.[0] ?? 0) > 0 ? 1 : 0]);
    const options = { ...rate(2), loss: crossEntropy, epochs: 40 };
    return findingsOf(network([]), options, { inputs: scattered, targets, fits: 2 });
  },
  "first weights that are good already": async () => {
    // ŷ = x / 2 for y = x leaves a quarter of what the mean would.
    const model = new Sequential([new Dense({ units: 1, kernelInitializer: [[0.5]] })], { inputShape: [1] });
    return findingsOf(model, rate(1e-7), { targets: x });
  },
  "one sample": async () => findingsOf(network([4]), rate(0.05), { inputs: [[1]], targets: [[2]], fits: 2 }),
  "targets that are all the same": async () =>
    findingsOf(network([]), rate(0.3), { targets: x.map(() => [3]), fits: 3 }),
  "inputs that are all the same": async () => findingsOf(network([]), rate(0.3), { inputs: x.map(() => [1]), fits: 2 }),
  "too few epochs to tell": async () => findingsOf(network([4]), { ...rate(1e-7), epochs: 4 }),
};

describe("a run that is well", () => {
  it.each(Object.keys(healthy))("has no findings: %s", async (name) => {
    expect(await healthy[name]?.()).toEqual([]);
  });

  it("has a history without any, as Keras's", async () => {
    using model = network([]);
    const history = await model.fit(x, y, { loss: "mse", optimizer: new SGD(), verbose: 0 });
    expect(Object.keys(history)).toEqual(["epoch", "history", "params"]);
  });
});

describe("fit with findings", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("warns with verbose 1, and is silent with 0", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    vi.spyOn(console, "log").mockImplementation(() => {});
    if (typeof process !== "undefined" && process.stderr) vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const run = async (verbose: 0 | 1) =>
      findingsOf(network([4], { activation: "tanh" }), { ...rate(1e-7), epochs: 5, verbose });
    await run(0);
    expect(warn).not.toHaveBeenCalled();
    const findings = await run(1);
    expect(warn.mock.calls).toEqual(findings.map(({ message }) => [message]));
    expect(findings).toHaveLength(2);
  });

  it("shows them to onTrainEnd, when the history has them already", async () => {
    let seen: readonly Finding[] | undefined;
    const watch: Callback = {};
    let run: TrainingRun | undefined;
    watch.onTrainBegin = (begun) => void (run = begun);
    watch.onTrainEnd = () => void (seen = run?.history.findings);
    const findings = await findingsOf(network([4]), { ...rate(1e-7), epochs: 5, callbacks: [watch] });
    expect(seen).toEqual(findings);
    expect(findings).toHaveLength(2);
  });
});
