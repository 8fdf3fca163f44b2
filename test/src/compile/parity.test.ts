import * as tf from "@tensorflow/tfjs-core";
import { activations, l1, l2, losses, metrics, schedules, type Layer, type LossLike } from "rivulet";
import * as allLayers from "rivulet/layers";
import {
  Activation,
  BatchNorm,
  Dense,
  Dropout,
  ELU,
  Flatten,
  GELU,
  LayerNorm,
  LeakyReLU,
  Normalization,
  ReLU,
  Reshape,
  Sigmoid,
  Softmax,
  Softplus,
  Tanh,
} from "rivulet/layers";
import * as allOptimizers from "rivulet/optimizers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, inject, it } from "vitest";
import { passNames } from "../../../src/compile/passes.ts";
import { trainCompiled, type CompiledRun } from "../../support/compiled-run.ts";
import { expectClose } from "../../support/expect-close.ts";
import { rules } from "../../support/rules.ts";

/** Until both shapes of batch were traced twice, and the program of each ran; on WebGPU, where a step takes longest, of one. */
const enough = inject("backend") === "webgpu" ? { steps: 4, sizes: [6] } : { steps: 10 };

const dense: CompiledRun = {
  layers: () => [new Dense({ units: 4, activation: "sigmoid" }), new Dense({ units: 2 })],
  loss: "meanSquaredError",
  optimizer: () => new SGD({ learningRate: 0.1, momentum: 0.9 }),
  outputs: 2,
  ...enough,
};

/** Targets that a loss or metric takes, from numbers in (0, 1). */
const targets: Readonly<Record<string, (numbers: tf.Tensor) => tf.Tensor>> = {
  binary: (numbers) => tf.cast(tf.greater(numbers, 0.5), "float32"),
  categorical: (numbers) => tf.cast(tf.oneHot(tf.argMax(numbers, 1), numbers.shape[1] ?? 0), "float32"),
  sparse: (numbers) => tf.cast(tf.argMax(numbers, 1), "float32"),
};

/** Which targets a loss or metric takes; undefined for any numbers. */
function kindOf(name: string): string | undefined {
  return Object.keys(targets).find((each) => name.startsWith(each));
}

/** Every metric of such targets, but for `accuracy`, which takes what it is given. */
function metricsOf(kind: string | undefined) {
  const names = Object.keys(metrics) as (keyof typeof metrics)[];
  return names.filter((name) => name !== "accuracy" && kindOf(name) === kind);
}

function targetOf(name: string) {
  const kind = kindOf(name);
  return kind === undefined ? {} : { target: targets[kind] as (numbers: tf.Tensor) => tf.Tensor };
}

/** Compiled without any pass a run is the same to the last bit; with all of them, but for rounding. */
async function expectParity(run: CompiledRun): Promise<void> {
  const eager = await trainCompiled(run);
  expect(eager.compiler).toEqual({ compiled: false, notCompiled: "compile was set to false" });
  const replayed = await trainCompiled(run, passNames);
  expect(replayed.compiler).toEqual({ compiled: true, kernels: expect.any(Number) });
  expect({ ...replayed, compiler: 0 }).toEqual({ ...eager, compiler: 0 });
  const optimised = await trainCompiled(run, []);
  expect(optimised.compiler).toEqual({ compiled: true, kernels: expect.any(Number) });
  // A few roundings a step (6e-8 of a number about 1 each), over up to 100 steps; rules that divide by √v make some of them
  // tenfold while v is small.
  const tolerance = 2e-5;
  for (const [index, row] of eager.measured.entries())
    await expectClose([...(optimised.measured[index] ?? [])], [...row], tolerance);
  for (const [index, row] of eager.values.entries())
    await expectClose([...(optimised.values[index] ?? [])], [...row], tolerance);
}

/** By the name of the layer that each is about. */
const layers: Readonly<Record<string, () => Layer[]>> = {
  Activation: () => [new Dense({ units: 4 }), new Activation({ activation: "tanh" })],
  BatchNorm: () => [new Dense({ units: 4 }), new BatchNorm()],
  Dense: () => [new Dense({ units: 4, useBias: false }), new Dense({ units: 3 })],
  Dropout: () => [new Dense({ units: 4 }), new Dropout({ rate: 0.4 })],
  ELU: () => [new Dense({ units: 4 }), new ELU()],
  Flatten: () => [new Dense({ units: 4 }), new Reshape({ targetShape: [2, 1, 2] }), new Flatten()],
  GELU: () => [new Dense({ units: 4 }), new GELU()],
  LayerNorm: () => [new Dense({ units: 4 }), new LayerNorm()],
  LeakyReLU: () => [new Dense({ units: 4 }), new LeakyReLU()],
  Normalization: () => [new Normalization({ mean: [0.5, 0, 1], variance: [2, 1, 3] })],
  ReLU: () => [new Dense({ units: 4 }), new ReLU()],
  Reshape: () => [new Dense({ units: 4 }), new Reshape({ targetShape: [2, 2] }), new Flatten()],
  Sigmoid: () => [new Dense({ units: 4 }), new Sigmoid()],
  Softmax: () => [new Dense({ units: 4 }), new Softmax()],
  Softplus: () => [new Dense({ units: 4 }), new Softplus()],
  Tanh: () => [new Dense({ units: 4 }), new Tanh()],
};

const regularised = () => [new Dense({ units: 4, kernelRegularizer: l2(0.02), biasRegularizer: l1(0.01) })];

/** The names of the classes that a module exports. */
function classesOf(exported: object): string[] {
  const values: readonly unknown[] = Object.values(exported);
  return values.flatMap((each) => (typeof each === "function" ? [each.name] : [])).toSorted();
}

describe("a compiled step is the step as it is written", () => {
  it("is held to that for every layer and every rule that there is", () => {
    expect(Object.keys(layers).toSorted()).toEqual(classesOf(allLayers));
    const tried = rules.map(({ make }) => {
      using rule = make();
      return rule.constructor.name;
    });
    expect([...new Set(tried)].toSorted()).toEqual(classesOf(allOptimizers));
  });

  it.each(Object.entries({ ...layers, "penalties on weights": regularised }))("with %s", async (_, make) => {
    await expectParity({ ...dense, layers: () => [...make(), new Dense({ units: 2 })] });
  });

  it.each(Object.keys(activations) as (keyof typeof activations)[])("with the activation %s", async (activation) => {
    await expectParity({ ...dense, layers: () => [new Dense({ units: 4, activation }), new Dense({ units: 2 })] });
  });

  it.each(Object.keys(losses) as (LossLike & string)[])("with the loss %s, weighted", async (loss) => {
    const isProbable = loss.includes("rossentropy") && !loss.endsWith("Logits");
    const last = isProbable ? (loss.startsWith("binary") ? "sigmoid" : "softmax") : "linear";
    const run = { ...dense, layers: () => [new Dense({ units: 2, activation: last })], loss };
    await expectParity({ ...run, ...targetOf(loss), isWeighted: true });
  });

  it("with all metrics of numbers", async () => {
    await expectParity({ ...dense, metrics: metricsOf(undefined) });
  });

  it.each(["binary", "categorical", "sparse"] as const)("with all metrics of %s targets", async (kind) => {
    const activation = kind === "binary" ? "sigmoid" : "softmax";
    const loss = kind === "sparse" ? "sparseCategoricalCrossentropy" : "meanSquaredError";
    const run = { ...dense, loss, layers: () => [new Dense({ units: 2, activation })] } as const;
    await expectParity({ ...run, ...targetOf(kind), metrics: [...metricsOf(kind), "accuracy"] });
  });

  it.each(rules.map((rule) => [rule.name, rule] as const))(
    "with %s, and a rate that is another in each step",
    async (_, rule) => {
      const learningRate = schedules.exponentialDecay({ initialLearningRate: 0.05, decaySteps: 3, decayRate: 0.5 });
      await expectParity({ ...dense, optimizer: () => rule.make({ learningRate, weightDecay: 0.01 }) });
    },
  );

  it.each(["clipValue", "clipNorm", "globalClipNorm"] as const)("with %s", async (clipping) => {
    await expectParity({ ...dense, optimizer: () => new SGD({ learningRate: 0.1, [clipping]: 0.05 }) });
  });

  it("over a hundred steps", async () => {
    await expectParity({ ...dense, steps: 100 });
  });
});
