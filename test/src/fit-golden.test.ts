import { l2, Sequential, type ActivationLike, type FitOptions, type NestedNumbers, type Optimizer } from "rivulet";
import { Dense } from "rivulet/layers";
import { Adam, SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import golden from "../golden/fit.json" with { type: "json" };
import { expectClose } from "../support/expect-close.ts";
import { weightsOf } from "../support/models.ts";

/** Adam with ε where Keras has it: ε itself beside √v, and not ε √(1 − β₂ᵗ). */
class KerasAdam extends Adam {
  override hyperparametersAt(step: number) {
    return { ...super.hyperparametersAt(step), scaledEpsilon: this.epsilon };
  }
}

/** What a case is about: Keras's file has it in words. */
interface Setup {
  readonly y: NestedNumbers;
  readonly weights: (typeof golden)["regression" | "sparseCategorical"]["weights"];
  readonly activation?: ActivationLike;
  readonly strength?: number;
  readonly metric: "mae" | "accuracy";
  readonly optimizer: () => Optimizer;
  readonly options: Pick<FitOptions, "loss" | "sampleWeight" | "classWeight">;
}

const sgd = (learningRate: number, momentum = 0) => new SGD({ learningRate, momentum });

const regression = {
  ...golden.regression,
  metric: "mae",
  optimizer: () => sgd(0.1),
  options: { loss: "meanSquaredError" },
} as const;

const logits = {
  ...golden.binary,
  metric: "accuracy",
  optimizer: () => sgd(0.5),
  options: { loss: "binaryCrossentropyFromLogits" },
} as const;

const sigmoid = { ...logits, activation: "sigmoid", options: { loss: "binaryCrossentropy" } } as const;

const { sampleWeights } = golden.regression;
const { classWeights } = golden.binary;

const setups: Readonly<Record<string, Setup>> = {
  "SGD 0.1": regression,
  "SGD 0.1 with momentum 0.9": { ...regression, optimizer: () => sgd(0.1, 0.9) },
  "Adam 0.01": { ...regression, optimizer: () => new Adam({ learningRate: 0.01 }) },
  "Adam 0.01 as in Keras": { ...regression, optimizer: () => new KerasAdam({ learningRate: 0.01 }) },
  "SGD 0.1, sample weights": { ...regression, options: { ...regression.options, sampleWeight: sampleWeights } },
  "SGD 0.1, L2 0.01 on the kernels": { ...regression, strength: 0.01 },
  "SGD 0.5, sigmoid": sigmoid,
  "SGD 0.5, sigmoid, class weights": { ...sigmoid, options: { ...sigmoid.options, classWeight: classWeights } },
  "SGD 0.5, logits": logits,
  "SGD 0.5, logits, class weights": { ...logits, options: { ...logits.options, classWeight: classWeights } },
  "SGD 0.5, softmax": {
    ...golden.sparseCategorical,
    activation: "softmax",
    metric: "accuracy",
    optimizer: () => sgd(0.5),
    options: { loss: "sparseCategoricalCrossentropy" },
  },
};

/** 2-4-1, or as many outputs as the output bias has, from the file's weights. */
function network({ weights, activation = "linear", strength }: Setup): Sequential {
  const kernelRegularizer = strength === undefined ? undefined : l2(strength);
  const dense = (name: "hidden" | "output", units: number, by: ActivationLike) => {
    const [kernel, bias] = [weights[`${name}/kernel`], weights[`${name}/bias`]];
    return new Dense({ units, activation: by, kernelInitializer: kernel, biasInitializer: bias, kernelRegularizer });
  };
  const layers = [dense("hidden", 4, "sigmoid"), dense("output", weights["output/bias"].length, activation)];
  return new Sequential(layers, { inputShape: [2] });
}

const cases = [golden.regression, golden.binary, golden.sparseCategorical].flatMap((group) => group.cases);

describe("fit against Keras's runs of a network of two layers", () => {
  it.each(cases)("$name", async ({ name, loss, valLoss, metric, valMetric, weights }) => {
    const setup = setups[name];
    if (setup === undefined) throw new Error(`There is no setup for the golden case ${name}.`);
    using model = network(setup);
    using optimizer = setup.optimizer();
    const { history, epoch } = await model.fit(golden.x, setup.y, {
      ...setup.options,
      optimizer,
      metrics: [setup.metric],
      batchSize: 8,
      epochs: 5,
      validationSplit: 0.25,
      shuffle: false,
      verbose: 0,
    });
    expect(epoch).toEqual([0, 1, 2, 3, 4]);
    const expected = { loss, [setup.metric]: metric, val_loss: valLoss, [`val_${setup.metric}`]: valMetric };
    expect(Object.keys(history)).toEqual(Object.keys(expected));
    // Within 1e-6, where 1.3e-7 was seen: ten steps of float32. The two places of ε are 5e-6 apart.
    for (const [key, values] of Object.entries(expected)) await expectClose(history[key] ?? NaN, values);
    await expectClose(await weightsOf(model), Object.values(weights));
  });

  it("has a setup for every case, and none besides", () => {
    expect(cases.map(({ name }) => name)).toEqual(Object.keys(setups));
  });
});
