import * as tf from "@tensorflow/tfjs-core";
import {
  AbortError,
  DivergenceError,
  EarlyStopping,
  Optimizer,
  ReduceLROnPlateau,
  schedules,
  Sequential,
  useBackend,
  type Callback,
  type FitOptions,
  type History,
  type Layer,
  type LossLike,
  type Shape,
  type TrainingPass,
  type TrainingRun,
} from "rivulet";
import { BatchNorm, Dense, Dropout } from "rivulet/layers";
import { Adam, SGD } from "rivulet/optimizers";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { flatNumbers } from "../../../src/nested-numbers.ts";
import { expectNoDataLeft } from "../../support/backend-data.ts";
import { Counting } from "../../support/compiled-steps.ts";
import { expectClose } from "../../support/expect-close.ts";
import { curve, weightsOf } from "../../support/models.ts";

expectNoDataLeft();

afterEach(async () => {
  vi.restoreAllMocks();
  await useBackend(inject("backend"));
});

/** What is trained: left out, a small network by momentum, four epochs of two batches and a smaller one: of so few nothing is said when little was learnt. */
interface Training extends Partial<Omit<FitOptions, "compile">> {
  readonly layers?: readonly Layer[];
  readonly x?: number[][];
  readonly y?: number[][];
}

interface Outcome {
  readonly history: History;
  readonly weights: readonly number[];
  /** How often steps ran as they are written. */
  readonly written: number;
}

const samples = curve(10);

async function train(compile: "auto" | false, training: Training): Promise<Outcome> {
  const { layers, x = samples.x, y = samples.y, ...options } = training;
  const counting = new Counting();
  const network = layers ?? [new Dense({ units: 4, activation: "sigmoid" }), new Dense({ units: 1 })];
  using model = new Sequential([counting, ...network], { inputShape: [x[0]?.length ?? 0], seed: 7 });
  using optimizer = options.optimizer ?? new SGD({ learningRate: 0.1, momentum: 0.9 });
  let written = 0;
  // What else runs the model as in training, to explain a run that learnt little, comes after the last epoch.
  const callbacks = [...(options.callbacks ?? []), { onEpochEnd: () => void (written = counting.calls) }];
  const usual = { loss: "meanSquaredError", batchSize: 4, epochs: 4, verbose: 0 } as const;
  const history = await model.fit(x, y, { ...usual, ...options, callbacks, optimizer, compile });
  return { history, weights: flatNumbers(await weightsOf(model)), written };
}

/**
 * Expects the same course, compiled or not, but for rounding. Whatever a run holds is made anew for each. Gives the
 * compiled one.
 */
async function expectSameRun(make: () => Training, tolerance = 1e-5): Promise<Outcome> {
  const written = await train(false, make());
  await useBackend(inject("backend"));
  const compiled = await train("auto", make());
  expect(compiled.history.epoch).toEqual(written.history.epoch);
  // 1e-5 unless told: a few roundings a step of numbers about 1, over 12 steps.
  for (const [name, course] of Object.entries(written.history.history))
    await expectClose(compiled.history.history[name] ?? [], course, tolerance);
  await expectClose([...compiled.weights], [...written.weights], tolerance);
  return compiled;
}

const compiledParams = { compiled: true, kernels: expect.any(Number) as number };

describe("a compiled fit", () => {
  it("traces each shape of batch twice, and says so", async () => {
    const { history, written } = await expectSameRun(() => ({}));
    expect(written).toBe(4);
    expect(history.params).toMatchObject(compiledParams);
    expect(history.params).not.toHaveProperty("notCompiled");
  });

  it("is not one with compile: false", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { history, written } = await train(false, {});
    expect(written).toBe(12);
    expect(history.params).toMatchObject({ compiled: false, notCompiled: "compile was set to false" });
    expect(warn).not.toHaveBeenCalled();
  });

  it("is one from its first step on", async () => {
    const { history, written } = await expectSameRun(() => ({ epochs: 1, batchSize: "full" }));
    expect(written).toBe(1);
    expect(history.params).toMatchObject(compiledParams);
  });

  const decay = schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 2, decayRate: 0.7 });
  it.each<[string, () => Training]>([
    ["a schedule", () => ({ optimizer: new SGD({ learningRate: decay, momentum: 0.9 }) })],
    ["Adam", () => ({ optimizer: new Adam({ learningRate: 0.05 }) })],
    ["weight decay", () => ({ optimizer: new SGD({ learningRate: decay, weightDecay: 0.1 }) })],
    ["dropout", () => ({ layers: [new Dense({ units: 6 }), new Dropout({ rate: 0.5 }), new Dense({ units: 1 })] })],
    ["moving means", () => ({ layers: [new Dense({ units: 3 }), new BatchNorm(), new Dense({ units: 1 })] })],
    ["metrics and validation", () => ({ metrics: ["mae", "r2"], validationSplit: 0.2, batchSize: 4 })],
    ["weights of samples", () => ({ sampleWeight: samples.x.map((_, index) => index / 10) })],
    ["batch descent", () => ({ batchSize: "full" })],
    ["a fixed order", () => ({ shuffle: false })],
    [
      "a plateau",
      () => ({ callbacks: [new ReduceLROnPlateau({ monitor: "loss", patience: 0, minDelta: 1, factor: 0.5 })] }),
    ],
  ])("does not trace again for %s", async (_, make) => {
    const { history, written } = await expectSameRun(make);
    expect(history.params).toMatchObject(compiledParams);
    expect(written).toBe(history.params.samples % history.params.steps === 0 ? 2 : 4);
  });

  it("takes classes as whole numbers", async () => {
    await expectSameRun(() => ({
      layers: [new Dense({ units: 3, activation: "softmax" })],
      loss: "sparseCategoricalCrossentropy",
      metrics: ["accuracy"],
      y: samples.x.map((_, index) => [index % 3]),
    }));
  });

  it("takes targets that are the inputs", async () => {
    const x = tf.tensor2d(samples.x);
    const { written } = await expectSameRun(() => ({}));
    const losses: unknown[] = [];
    for (const compile of ["auto", false] as const) {
      using model = new Sequential([new Dense({ units: 1 })], { inputShape: [1], seed: 7 });
      using optimizer = new SGD({ learningRate: 0.1 });
      const options = {
        loss: "meanSquaredError",
        optimizer,
        batchSize: "full",
        epochs: 4,
        verbose: 0,
        compile,
      } as const;
      losses.push((await model.fit(x, x, options)).history["loss"]);
    }
    expect(written).toBe(4);
    await expectClose(losses[0] as number[], losses[1] as number[], 1e-5);
    x.dispose();
  });

  it("goes on in a second fit as in the first", async () => {
    const courses: number[][] = [];
    for (const compile of ["auto", false] as const) {
      using model = new Sequential([new Dense({ units: 3, activation: "tanh" }), new Dense({ units: 1 })], {
        inputShape: [1],
        seed: 7,
      });
      using optimizer = new Adam({ learningRate: 0.05 });
      const options = { loss: "meanSquaredError", optimizer, batchSize: 5, epochs: 3, verbose: 0, compile } as const;
      const course: number[] = [];
      for (let run = 0; run < 2; run++)
        course.push(...((await model.fit(samples.x, samples.y, options)).history["loss"] ?? []));
      courses.push([...course, ...flatNumbers(await weightsOf(model))]);
    }
    const [compiled = [], written = []] = courses;
    await expectClose(compiled, written, 1e-5);
  });

  it("keeps to a bound of programs: a stream of nine sizes", async () => {
    const losses: (number[] | undefined)[] = [];
    for (const compile of ["auto", false] as const) {
      const counting = new Counting();
      using model = new Sequential([counting, new Dense({ units: 1 })], { inputShape: [1], seed: 7 });
      using optimizer = new SGD({ learningRate: 0.05, momentum: 0.9 });
      const stream = function* () {
        for (let size = 1; size <= 9; size++) yield [samples.x.slice(0, size), samples.y.slice(0, size)] as const;
      };
      const { history } = await model.fit(stream, { loss: "mse", optimizer, epochs: 4, verbose: 0, compile });
      losses.push(history["loss"]);
      // Of eight shapes two steps each, of the ninth all four.
      expect(counting.calls).toBe(compile === "auto" ? 20 : 36);
    }
    await expectClose(losses[0] ?? [], losses[1] ?? [], 1e-5);
  });

  it("drops its programs where a callback changes the backend, and makes new ones", async () => {
    const elsewhere = inject("backend") === "cpu" ? "wasm" : "cpu";
    const { written, history } = await expectSameRun(() => ({
      callbacks: [{ onEpochEnd: async (epoch) => void (epoch === 1 && (await useBackend(elsewhere))) }],
    }));
    expect(written).toBe(8);
    expect(history.params.compiled).toBe(true);
  });
});

/** A layer with no parameters, of a function. */
function layerOf(forward: (x: tf.Tensor) => tf.Tensor): Layer {
  return { parameters: [], build() {}, forward };
}

const meanSquare = (target: tf.Tensor, prediction: tf.Tensor) =>
  tf.mean(tf.square(tf.sub(target, prediction))) as tf.Scalar;

describe("callbacks in a compiled fit", () => {
  /** A callback that has the run at hand. */
  function withRun(onEpochEnd: (run: TrainingRun, epoch: number) => unknown): Callback {
    let begun: TrainingRun | undefined;
    return {
      onTrainBegin: (run) => void (begun = run),
      onEpochEnd: async (epoch) => void (await onEpochEnd(begun as TrainingRun, epoch)),
    };
  }

  it.each<[string, (run: TrainingRun, epoch: number) => unknown]>([
    ["a learning rate", ({ optimizer }, epoch) => void (optimizer.learningRate = 0.1 / (epoch + 1))],
    ["a momentum", ({ optimizer }, epoch) => void ((optimizer as SGD).momentum = 0.9 / (epoch + 1))],
    [
      "weights",
      ({ model }) => tf.tidy(() => model.setWeights(model.getWeights().map((weight) => tf.mul(weight, 0.9)))),
    ],
    [
      "weights that are one tensor",
      ({ model }) =>
        tf.tidy(() => {
          const [kernel, bias] = [tf.tensor1d([0.1, 0.1, 0.1, 0.1]), tf.tensor1d([0.2])];
          model.setWeights([tf.reshape(kernel, [1, 4]), kernel, tf.reshape(kernel, [4, 1]), bias]);
        }),
    ],
    ["the rule's memory", ({ optimizer, model }) => optimizer.reset(model.parameters)],
  ])("set %s, which acts from the next step", async (_, change) => {
    const { written } = await expectSameRun(() => ({ callbacks: [withRun(change)] }));
    expect(written).toBe(4);
  });

  it("predict and evaluate", async () => {
    const seen: number[][] = [];
    const { written } = await expectSameRun(() => ({
      callbacks: [
        withRun(async ({ model }) => {
          const sequential = model as Sequential;
          const prediction = sequential.predict(samples.x.slice(0, 3));
          const { loss = NaN } = await sequential.evaluate(samples.x, samples.y, { loss: "mse" });
          seen.push([...(await prediction.data()), loss]);
          prediction.dispose();
        }),
      ],
    }));
    expect(written).toBe(4);
    const [asWritten, compiled] = [seen.slice(0, 4), seen.slice(4)];
    await expectClose(compiled, asWritten, 1e-5);
  });

  it("stop early, and give back the best weights", async () => {
    const { history } = await expectSameRun(() => ({
      optimizer: new SGD({ learningRate: 0.9, momentum: 0.9 }),
      callbacks: [new EarlyStopping({ monitor: "loss", patience: 1, restoreBestWeights: true })],
      epochs: 12,
      shuffle: false,
    }));
    expect(history.epoch.length).toBeLessThan(12);
  });

  it("hear of each batch", async () => {
    const heard: number[] = [];
    await expectSameRun(() => ({ callbacks: [{ onBatchEnd: (_, { loss = NaN }) => void heard.push(loss) }] }));
    await expectClose(heard.slice(12), heard.slice(0, 12), 1e-5);
  });

  it("assign a variable that the loss holds", async () => {
    const weight = tf.tidy(() => tf.variable(tf.scalar(1)));
    const set = (number: number) => tf.tidy(() => weight.assign(tf.scalar(number)));
    const { written } = await expectSameRun(() => {
      set(1);
      const loss: LossLike = (target, prediction) => tf.mul(meanSquare(target, prediction), weight);
      return { loss, callbacks: [{ onEpochEnd: (epoch) => set(epoch + 2) }] };
    }, 1e-4);
    expect(written).toBe(4);
    weight.dispose();
  });

  it("dispose of a tensor that the loss held, and give it another", async () => {
    const made: tf.Tensor[] = [];
    const { written } = await expectSameRun(() => {
      let scale = tf.scalar(2);
      const loss: LossLike = (target, prediction) => tf.mul(meanSquare(target, prediction), scale);
      const onEpochEnd = (epoch: number) => {
        if (epoch !== 1) return;
        scale.dispose();
        scale = tf.scalar(0.5);
        made.push(scale);
      };
      return { loss, callbacks: [{ onEpochEnd }] };
    });
    expect(written).toBe(8);
    tf.dispose(made);
  });
});

describe("a compiled fit that fails", () => {
  it("diverges as one that is not compiled", async () => {
    const failures: DivergenceError[] = [];
    for (const compile of ["auto", false] as const) {
      const optimizer = new SGD({ learningRate: 0.5 });
      const [x, y] = [samples.x.map(([value = 0]) => [value * 100]), samples.y];
      const run = train(compile, { optimizer, x, y, layers: [new Dense({ units: 1 })], batchSize: 2, epochs: 9 });
      failures.push((await run.catch((error: unknown) => error)) as DivergenceError);
    }
    const [compiled, written] = failures as [DivergenceError, DivergenceError];
    expect(compiled).toBeInstanceOf(DivergenceError);
    expect([compiled.epoch, compiled.batch, compiled.parameter]).toEqual([
      written.epoch,
      written.batch,
      written.parameter,
    ]);
    expect(compiled.findings.map(({ kind }) => kind)).toEqual(written.findings.map(({ kind }) => kind));
  });

  it("aborts between steps", async () => {
    const controller = new AbortController();
    const callbacks = [{ onEpochEnd: (epoch: number) => void (epoch === 2 && controller.abort()) }];
    const error: unknown = await train("auto", { callbacks, signal: controller.signal }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(AbortError);
    expect((error as AbortError).history.epoch).toEqual([0, 1, 2]);
    expect((error as AbortError).history.params).toMatchObject(compiledParams);
  });

  it("throws what a callback throws, and leaves nothing behind", async () => {
    const onEpochEnd = (epoch: number) => {
      if (epoch === 2) throw new Error("enough");
    };
    await expect(train("auto", { callbacks: [{ onEpochEnd }] })).rejects.toThrow("enough");
  });
});

describe("steps of one's own are compiled like rivulet's", () => {
  class Scale implements Layer {
    factor: tf.Variable | undefined;
    get parameters(): readonly tf.Variable[] {
      return this.factor === undefined ? [] : [this.factor];
    }
    build(): void {
      this.factor = tf.tidy(() => tf.variable(tf.scalar(1.5)));
    }
    forward(x: tf.Tensor): tf.Tensor {
      return tf.mul(tf.sin(x), this.factor as tf.Variable);
    }
  }

  class SignDescent extends Optimizer<"trust"> {
    override get slots() {
      return { trust: 1 };
    }
    update(
      values: Readonly<Record<"parameter" | "gradient" | "trust", tf.Tensor>>,
      { learningRate }: { learningRate: tf.Scalar },
    ) {
      const trust = tf.mul(values.trust, 0.9);
      return {
        parameter: tf.sub(values.parameter, tf.mul(tf.mul(learningRate, trust), tf.sign(values.gradient))),
        trust,
      };
    }
  }

  /** A whole network as one layer. */
  class Nested implements Layer {
    #model: Sequential | undefined;
    get parameters(): readonly tf.Variable[] {
      return this.#model?.parameters ?? [];
    }
    build(inputShape: Shape): void {
      const layers = [new Dense({ units: 3, activation: "tanh" }), new Dropout({ rate: 0.3 }), new Dense({ units: 2 })];
      this.#model = new Sequential(layers, { inputShape: [...inputShape], seed: 3 });
    }
    forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor {
      return (this.#model as Sequential).forward(x, training);
    }
  }

  const logCosh: LossLike = (target, prediction) => {
    const off = tf.sub(prediction, target);
    return tf.mean(tf.sub(tf.add(off, tf.softplus(tf.mul(-2, off))), Math.LN2)) as tf.Scalar;
  };

  it.each<[string, () => Training]>([
    ["a layer", () => ({ layers: [new Dense({ units: 3 }), new Scale(), new Dense({ units: 1 })] })],
    ["a loss", () => ({ loss: logCosh })],
    ["an optimizer", () => ({ optimizer: new SignDescent({ learningRate: 0.01 }) })],
    [
      "a metric",
      () => ({
        metrics: [
          function largest(target, prediction) {
            return tf.max(tf.abs(tf.sub(target, prediction)));
          },
        ],
      }),
    ],
    [
      "an activation",
      () => ({
        layers: [new Dense({ units: 3, activation: (z) => tf.mul(z, tf.sigmoid(z)) }), new Dense({ units: 1 })],
      }),
    ],
    ["a model in a model", () => ({ layers: [new Nested(), new Dense({ units: 1 })] })],
  ])("%s", async (_, make) => {
    const { history, written } = await expectSameRun(make);
    expect(history.params).toMatchObject(compiledParams);
    expect(written).toBe(4);
  });
});

/** What cannot be traced faithfully, with the reason that is given. */
const unfaithful: Readonly<Record<string, [reason: string, make: () => Training]>> = {
  "a loss that draws": [
    "from one step to the next numbers that come from the host changed",
    () => {
      let draws = 0;
      const loss: LossLike = (target, prediction) =>
        meanSquare(target, tf.add(prediction, tf.randomUniform(prediction.shape, 0, 0.1, "float32", ++draws)));
      return { loss };
    },
  ],
  "a layer that reads values back": [
    "it reads a tensor's values back while it computes",
    () => ({ layers: [layerOf((x) => tf.add(x, tf.ones([1]).dataSync()[0] ?? 0)), new Dense({ units: 1 })] }),
  ],
  "a layer with a number that is another in each step": [
    "from one step to the next numbers that come from the host changed",
    () => {
      let calls = 0;
      return { layers: [new Dense({ units: 1 }), layerOf((x) => tf.mul(x, 1 + 0.01 * calls++))] };
    },
  ],
  "a layer that goes now this way, now that": [
    "from one step to the next the operations changed",
    () => {
      let calls = 0;
      return { layers: [new Dense({ units: 1 }), layerOf((x) => (calls++ % 2 === 0 ? tf.sin(x) : tf.tanh(x)))] };
    },
  ],
};

describe("a fit that cannot be compiled runs as it is written, and says so once", () => {
  it.each(Object.entries(unfaithful))("%s", async (_, [reason, make]) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { history, written } = await expectSameRun(() => ({ ...make(), batchSize: 5 }));
    expect(written).toBe(8);
    expect(history.params).toMatchObject({ compiled: false, notCompiled: reason });
    expect(history.params).not.toHaveProperty("kernels");
    expect(warn).not.toHaveBeenCalled();
    vi.spyOn(console, "log").mockImplementation(() => {});
    vi.spyOn(console, "error").mockImplementation(() => {});
    if (typeof process !== "undefined" && process.stderr) vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await train("auto", { ...make(), batchSize: 5, verbose: 1 });
    const message = `The training step ran as it is written, not compiled: ${reason}.`;
    expect(warn.mock.calls.filter(([text]) => text === message)).toHaveLength(1);
  });
});
