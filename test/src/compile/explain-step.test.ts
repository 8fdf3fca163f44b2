import * as tf from "@tensorflow/tfjs-core";
import {
  explainStep,
  graphSize,
  passNames,
  Sequential,
  TraceError,
  type ExplainStepOptions,
  type LossLike,
} from "rivulet";
import { Dense, Dropout } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";

const makeModel = () => new Sequential([new Dense({ units: 2, activation: "sigmoid" })], { inputShape: [1], seed: 1 });
const [x, y] = [
  [[1], [2], [3]],
  [
    [0, 1],
    [1, 0],
    [0, 0],
  ],
];

const valuesOf = async (model: Sequential) => {
  return Promise.all(model.parameters.map(async (parameter) => Array.from(await parameter.data())));
};

describe("explainStep", () => {
  it("shows what fit would run, and trains nothing", async () => {
    using model = makeModel();
    using optimizer = new SGD({ momentum: 0.9 });
    const before = await valuesOf(model);
    const { recorded, passes, compiled } = await explainStep(model, x, y, { loss: "mse", optimizer });
    expect(await valuesOf(model)).toEqual(before);
    expect(model.stepsTaken).toBe(0);
    expect(recorded.inputs.map(({ name }) => name)).toEqual([
      "x",
      "y",
      "dense_1/kernel",
      "dense_1/bias",
      "dense_1/kernel/velocity",
      "dense_1/bias/velocity",
      "learningRate",
      "momentum",
    ]);
    expect(passes.map(({ pass }) => pass)).toEqual(passNames);
    expect(passes.at(-1)?.graph).toBe(compiled);
    const { params } = await model.fit(x, y, { loss: "mse", optimizer, batchSize: 3, epochs: 3, verbose: 0 });
    expect(params).toMatchObject({ compiled: true, kernels: graphSize(compiled).kernels });
    expect(params).not.toHaveProperty("notCompiled");
    expect(graphSize(compiled).kernels).toBeLessThan(graphSize(recorded).kernels);
  });

  it("leaves passes out", async () => {
    using model = makeModel();
    using optimizer = new SGD();
    const only = await explainStep(model, x, y, { loss: "mse", optimizer, without: passNames.slice(1) });
    expect(only.passes.map(({ pass }) => pass)).toEqual(["dropCopies"]);
    const { recorded, compiled } = await explainStep(model, x, y, { loss: "mse", optimizer, without: passNames });
    expect(compiled).toBe(recorded);
  });

  it("has what dropout draws come in", async () => {
    using model = new Sequential([new Dense({ units: 2 }), new Dropout({ rate: 0.5 })], { inputShape: [1], seed: 1 });
    using optimizer = new SGD();
    const { recorded } = await explainStep(model, x, y, { loss: "mse", optimizer });
    expect(recorded.inputs.map(({ name }) => name)).toContain("uniform_1");
  });
});

describe("what explainStep refuses", () => {
  const refusal = async (options: Partial<ExplainStepOptions>): Promise<unknown> => {
    using model = makeModel();
    using optimizer = new SGD();
    return explainStep(model, x, y, { loss: "mse", optimizer, ...options }).catch((error: unknown) => error);
  };

  it("a step without a program, with the reason that fit gives", async () => {
    let calls = 0;
    const restless: LossLike = (target, prediction) =>
      tf.mean(tf.mul(tf.scalar(++calls), tf.squaredDifference(target, prediction)));
    const error = await refusal({ loss: restless });
    const problem = "from one step to the next numbers that come from the host changed";
    expect(error).toBeInstanceOf(TraceError);
    expect(error).toMatchObject({
      name: "TraceError",
      problem,
      message:
        `This training step has no program, and fit runs it as it is written: ${problem}. ` +
        "Write it in tf operations alone, the same in each step.",
    });
  });

  it.each<[Partial<Record<keyof ExplainStepOptions, unknown>>, string]>([
    [
      { without: ["fuseDens"] },
      'There is no pass "fuseDens". Did you mean "fuseDense"? Known: dropCopies, foldConstants, mergeScalings, ' +
        "shareEqual, dropDead, fuseDense, fuseSlopes, fuseElementwise.",
    ],
    [{ without: "fuseDense" }, 'explainStep expects without to be an array such as ["fuseDense"], got "fuseDense".'],
    [
      { loss: "categoricalCrossentropie" },
      'There is no loss "categoricalCrossentropie". Did you mean "categoricalCrossentropy"? Known: meanSquaredError, ' +
        "mse, meanAbsoluteError, mae, huber, binaryCrossentropy, binaryCrossentropyFromLogits, categoricalCrossentropy, " +
        "categoricalCrossentropyFromLogits, sparseCategoricalCrossentropy, sparseCategoricalCrossentropyFromLogits.",
    ],
    [
      { losss: "mse" } as object,
      'explainStep has no option "losss". Did you mean "loss"? Known: loss, optimizer, sampleWeight, without.',
    ],
  ])("%o", async (options, message) => {
    expect(await refusal(options as Partial<ExplainStepOptions>)).toMatchObject({ message });
  });
});
