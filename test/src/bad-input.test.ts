import * as tf from "@tensorflow/tfjs-core";
import {
  checkGradients,
  directionalDerivative,
  gradient,
  minimize,
  Optimizer,
  RivuletError,
  Sequential,
  trainStep,
  useBackend,
  type Layer,
} from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, inject, it } from "vitest";
import { curve, smallModel, weightsOf } from "../support/models.ts";

/** What users without types may pass. */
const any = (value: unknown) => value as never;

const { x, y } = curve(8);
const fitOptions = () => ({ loss: "mse", optimizer: new SGD({ momentum: 0.9 }), verbose: 0 }) as const;

/** Every refusal is rivulet's own, and leaves the model as it was and ready. */
async function expectRefused(act: (model: Sequential) => unknown, message: string): Promise<void> {
  using model = smallModel();
  const before = await weightsOf(model);
  const error: unknown = await Promise.resolve()
    .then(() => act(model))
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(RivuletError);
  expect((error as RivuletError).message).toContain(message);
  expect(await weightsOf(model)).toEqual(before);
  await model.fit(x, y, fitOptions());
}

describe("a call without what it needs", () => {
  it.each([
    [
      "new Dense()",
      () => new Dense(any(undefined)),
      "Dense expects options to be an object such as { units: … }, got undefined.",
    ],
    ["new Dense(4)", () => new Dense(any(4)), "Dense expects options to be an object such as { units: … }, got 4."],
    [
      "new SGD(0.5)",
      () => new SGD(any(0.5)),
      "SGD expects options to be an object such as { learningRate: … }, got 0.5.",
    ],
    [
      "new SGD(null)",
      () => new SGD(any(null)),
      "SGD expects options to be an object such as { learningRate: … }, got null.",
    ],
    [
      "new Sequential([d])",
      () => new Sequential([new Dense({ units: 1 })], any(undefined)),
      "Sequential expects options to be an object",
    ],
    [
      "new Sequential(d)",
      () => new Sequential(any(new Dense({ units: 1 })), { inputShape: [1] }),
      "Sequential expects layers to be an array of at least one layer, got a Dense.",
    ],
    [
      "fit(x, y)",
      (model: Sequential) => model.fit(x, y, any(undefined)),
      "fit expects options to be an object such as { loss: … }, got undefined.",
    ],
    [
      "evaluate(x, y)",
      (model: Sequential) => model.evaluate(x, y, any(undefined)),
      "evaluate expects options to be an object such as { loss: … }, got undefined.",
    ],
    [
      "predict(x, null)",
      (model: Sequential) => model.predict(x, any(null)),
      "predict expects options to be an object such as { batchSize: … }, got null.",
    ],
    [
      "trainStep(model, x, y)",
      (model: Sequential) => trainStep(model, x, y, any(undefined)),
      "trainStep expects options to be an object",
    ],
    [
      "setWeights()",
      (model: Sequential) => model.setWeights(any(undefined)),
      "setWeights expects weights to be an array of values, got undefined.",
    ],
    ["minimize(f, 1)", () => minimize((w) => w, 1, any(undefined)), "minimize expects options to be an object"],
    [
      "minimize without optimizer",
      () => minimize((w) => w, 1, any({ steps: 1 })),
      "minimize expects optimizer to be an Optimizer, such as new SGD({ learningRate: 0.1 }), got undefined.",
    ],
    ["gradient(5)", () => gradient(any(5)), "gradient expects f to be a function of tensors, got 5."],
    [
      "gradient(f)()",
      () => gradient(((w: tf.Tensor) => w) as () => tf.Tensor)(),
      "gradient expects points to be at least one point, got [].",
    ],
  ] satisfies [string, (model: Sequential) => unknown, string][])("%s", async (_, act, message) => {
    await expectRefused(act, message);
  });
});

describe("an option that nothing reads", () => {
  it.each([
    [() => new SGD(any({ lr: 0.5 })), 'SGD has no option "lr".'],
    [
      () => new SGD(any({ learning_rate: 0.5 })),
      'SGD has no option "learning_rate". Did you mean "learningRate"? Known: learningRate, momentum, nesterov, ' +
        "weightDecay, clipValue, clipNorm, globalClipNorm.",
    ],
    [
      () => new Dense(any({ units: 1, acivation: "tanh" })),
      'Dense has no option "acivation". Did you mean "activation"?',
    ],
    [
      (model: Sequential) => model.fit(x, y, any({ ...fitOptions(), epoch: 9 })),
      'fit has no option "epoch". Did you mean "epochs"?',
    ],
    [
      (model: Sequential) => model.fit(x, y, any({ ...fitOptions(), batch_size: 1 })),
      'fit has no option "batch_size". Did you mean "batchSize"?',
    ],
  ] satisfies [(model: Sequential) => unknown, string][])("%s", async (act, message) => {
    await expectRefused(act, message);
  });
});

describe("fit's options of the wrong kind", () => {
  it.each([
    [{ loss: undefined }, "There is no loss undefined. Known: meanSquaredError, mse"],
    [{ loss: ["mse"] }, 'There is no loss ["mse"]. Known:'],
    [{ shuffle: "false" }, 'fit expects shuffle to be true or false, got "false".'],
    [{ validationSplit: "0.5" }, "fit expects validationSplit to be a fraction between 0 and 1"],
    [{ validationData: { x, y } }, "fit expects validationData to be a pair [x, y], or [x, y, sampleWeight], got "],
    [{ validationData: [x] }, "fit expects validationData to be a pair [x, y], or [x, y, sampleWeight], got [[["],
    [{ metrics: "mae" }, 'expects metrics to be an array, such as ["mae"], got "mae".'],
    [{ metrics: [undefined] }, "There is no metric undefined."],
    [
      { metrics: ["mae", "mae"] },
      'fit expects a metric\'s name to be its own, not loss and not val_…, got "mae". Leave it out the second time.',
    ],
    [{ metrics: [function loss() {}] }, "fit expects a metric's name to be its own, not loss and not val_…, got"],
    [{ metrics: [function val_loss() {}] }, "fit expects a metric's name to be its own, not loss and not val_…, got"],
    [{ metrics: [function constructor() {}] }, "fit expects a metric's name to be its own"],
    [
      { metrics: [(target: tf.Tensor) => target] },
      "The metric metric_1 must return a scalar tensor, got a tensor of shape [8, 1].",
    ],
    [{ metrics: [function nothing() {}] }, "The metric nothing must return a scalar tensor, got undefined."],
    [{ callbacks: {} }, "fit expects callbacks to be an array of objects such as [{ onEpochEnd() {} }], got {}."],
    [{ callbacks: [null] }, "fit expects callbacks[0] to be an object such as { onEpochEnd() {} }, got null."],
    [
      { callbacks: [{}, () => {}] },
      "fit expects callbacks[1] to be an object such as { onEpochEnd() {} }, got a function.",
    ],
    [{ callbacks: [[{}]] }, "fit expects callbacks[0] to be an object such as { onEpochEnd() {} }, got [{}]."],
    [{ callbacks: [{ onEpochEnd: 3 }] }, "A callback expects onEpochEnd to be a function, got 3."],
    [
      { optimizer: SGD },
      "fit expects optimizer to be an Optimizer, such as new SGD({ learningRate: 0.1 }), got the class SGD.",
    ],
  ])("%o", async (options, message) => {
    await expectRefused((model) => model.fit(x, y, any({ ...fitOptions(), ...options })), message);
  });

  it("learning rates and momenta that float32 does not hold", () => {
    expect(() => new SGD({ learningRate: 1e-50 })).toThrow(
      "SGD expects learningRate to be a finite number above 0, got 1e-50.",
    );
    expect(() => new SGD({ learningRate: 1e39 })).toThrow(
      "SGD expects learningRate to be a finite number above 0, got 1e+39.",
    );
    expect(() => new SGD({ momentum: 0.99999999999 })).toThrow(
      "SGD expects momentum to be in [0, 1), got 0.99999999999.",
    );
  });
});

describe("data of the wrong kind", () => {
  it.each([
    [new BigInt64Array(8), "x expects a tensor, a nested array of numbers, or { values, shape }, got a BigInt64Array."],
    [5n, "x expects a tensor, a nested array of numbers, or { values, shape }, got 5n."],
    [new Map(), "got a Map."],
    [new Date(0), "got a Date."],
    ["x".repeat(10_000), `got "${"x".repeat(58)}…`],
    [{ values: [1, 2], shape: [-1, -2] }, "x.shape expects an array of sizes, such as [4, 2], got [-1,-2]."],
    [{ values: [1, 2], shape: [0.5, 4] }, "x.shape expects an array of sizes, such as [4, 2], got [0.5,4]."],
    [{ values: [1, 2], shape: null }, "x.shape expects an array of sizes, such as [4, 2], got null."],
    [{ values: [1, 2], shape: [1e9] }, "x expects 1000000000 values for its shape [1000000000], got 2."],
  ])("%o", async (data, message) => {
    await expectRefused((model) => model.fit(any(data), y, fitOptions()), message);
  });

  it("an empty batch, and targets of other rows, in trainStep", async () => {
    const options = { loss: () => tf.scalar(0), optimizer: new SGD() };
    const empty = tf.zeros([0, 1]);
    await expectRefused(
      (model) => trainStep(model, empty, empty, options),
      "trainStep expects at least one sample, but x is empty.",
    );
    await expectRefused(
      (model) => trainStep(model, [[1], [2]], [[1]], options),
      "trainStep expects as many targets as inputs, got y of shape [1, 1] for x of shape [2, 1].",
    );
    empty.dispose();
  });
});

describe("layers that are none", () => {
  const identity = { parameters: [], build: () => {}, forward: (input: tf.Tensor) => input };
  it.each([
    [null, "Sequential expects layer 1 to have build, forward and parameters, got null."],
    ["dense", 'Sequential expects layer 1 to have build, forward and parameters, got "dense".'],
    [Dense, "got the class Dense. Make one of it: new Dense({ units: 1 })."],
    [{}, "Sequential expects layer 1 to have build, forward and parameters, got {}."],
    [
      { ...identity, parameters: [1] },
      "object_1's parameters must be an array of trainable float32 tf.Variables, got 1.",
    ],
    [
      { ...identity, parameters: undefined },
      "object_1's parameters must be an array of trainable float32 tf.Variables, got undefined.",
    ],
    [{ ...identity, build: async () => {} }, "object_1's build must not be asynchronous"],
    [{ ...identity, forward: () => undefined }, "object_1's forward must return a tensor, got undefined."],
    [
      { ...identity, forward: (input: tf.Tensor) => tf.mean(input) },
      "object_1's forward must return as many samples as it is given, got [] for 2.",
    ],
    [
      {
        ...identity,
        forward: (input: tf.Tensor) => {
          input.dispose();
          return input;
        },
      },
      "object_1's forward returned a tensor that was disposed. It must not tidy.",
    ],
  ])("%o", (layer, message) => {
    expect(() => new Sequential(any([layer]), { inputShape: [1] })).toThrow(message);
  });

  it("leaves a layer free when the model that took it was refused", () => {
    const dense = new Dense({ units: 1 });
    expect(() => new Sequential(any([dense, null]), { inputShape: [1] })).toThrow("layer 2");
    using model = new Sequential([dense], { inputShape: [1] });
    expect(model.layers).toEqual([dense]);
  });

  it("tidies what a layer makes on the way to its variables", () => {
    /** As the doc comment of Layer shows it. */
    class Scale implements Layer {
      parameters: tf.Variable[] = [];

      build() {
        this.parameters = [tf.variable(tf.scalar(1))];
      }

      forward(input: tf.Tensor) {
        return tf.mul(input, this.parameters[0] as tf.Variable);
      }
    }
    const before = tf.memory().numTensors;
    using model = new Sequential([new Scale()], { inputShape: [1] });
    expect(model.parameters).toHaveLength(1);
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  it("copies an initializer's array", async () => {
    const mine = new Float32Array([1]);
    using model = new Sequential([new Dense({ units: 1, useBias: false, kernelInitializer: () => mine })], {
      inputShape: [1],
    });
    mine[0] = 5;
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });

  it("refuses a parameter of a size that is a slip", () => {
    expect(() => new Sequential([new Dense({ units: 1e9 })], { inputShape: [1] })).toThrow(
      "Dense(1 → 1000000000)'s kernel of shape [1, 1000000000] would hold 1000000000 values, 3815 MiB.",
    );
  });
});

describe("an optimizer of one's own that returns nonsense", () => {
  type Update = Optimizer["update"];
  const optimizerOf = (update: (...values: Parameters<Update>) => unknown) =>
    new (class Mine extends Optimizer {
      override get slots() {
        return { memory: 0 };
      }

      update(...values: Parameters<Update>) {
        return update(...values) as ReturnType<Update>;
      }
    })();

  it.each([
    [
      "nothing",
      () => undefined,
      "Mine's update expects what it returns to be { parameter: a tensor, …slots }, got undefined.",
    ],
    [
      "a promise",
      async () => ({}),
      "Mine's update expects what it returns to be { parameter: a tensor, …slots }, got a Promise.",
    ],
    [
      "only a slot",
      () => ({ memory: tf.scalar(0) }),
      "Mine's update expects what it returns to be { parameter: a tensor",
    ],
    [
      "another shape",
      () => ({ parameter: tf.zeros([7]) }),
      "Mine's update expects a new parameter of shape [1, 4], got [7].",
    ],
    [
      "a slot that there is not",
      ({ parameter }: { parameter: tf.Tensor }) => ({ parameter: tf.mul(parameter, 2), memroy: parameter }),
      'Mine\'s update expects what it returns to be of the names parameter, memory, got "memroy".',
    ],
    [
      "a tensor that was disposed",
      ({ parameter }: { parameter: tf.Tensor }) => {
        const gone = tf.mul(parameter, 2);
        gone.dispose();
        return { parameter: gone };
      },
      "Mine's update returned a parameter that was disposed. Leave disposing to the step.",
    ],
  ])("%s", async (_, update, message) => {
    await expectRefused((model) => model.fit(x, y, { ...fitOptions(), optimizer: optimizerOf(any(update)) }), message);
  });

  it("may hand a variable back as it is", async () => {
    using model = smallModel();
    const before = await weightsOf(model);
    const optimizer = optimizerOf(({ parameter }) => ({ parameter }));
    await model.fit(x, y, { ...fitOptions(), optimizer });
    expect(await weightsOf(model)).toEqual(before);
  });
});

describe("use in the midst of other use", () => {
  it("refuses asynchronous calls inside tidy", () => {
    using model = smallModel();
    const message = "is asynchronous and cannot run inside tf.tidy, which frees its tensors too soon. Call it outside.";
    const calls: Promise<unknown>[] = [];
    tf.tidy(() => {
      calls.push(
        model.fit(x, y, fitOptions()),
        model.evaluate(x, y, { loss: "mse" }),
        checkGradients(model, x, y, "mse"),
      );
    });
    return Promise.all(calls.map((call) => expect(call).rejects.toThrow(message)));
  });

  it("checks gradients without a trace on a fit that runs meanwhile", async () => {
    const run = async (checked: boolean) => {
      using model = smallModel();
      const fitted = model.fit(x, y, { ...fitOptions(), epochs: 30 });
      await Promise.all([fitted, checked ? checkGradients(model, x, y, "mse") : undefined]);
      return weightsOf(model);
    };
    expect(await run(true)).toEqual(await run(false));
  });

  it("ends with a clear error when the model is disposed right after fit was called", async () => {
    const model = smallModel();
    const fitted = model.fit(x, y, fitOptions());
    model.dispose();
    await expect(fitted).rejects.toThrow("This model was disposed, and its weights are gone. Make a new one.");
  });

  it("refuses a gradient within a gradient, which it would get wrong", () => {
    const inner = gradient((z) => tf.sum(tf.square(z)));
    expect(() => gradient((z) => tf.sum(inner(z)))([1, 2])).toThrow("Take the inner one with tf.grad(f)(x).");
  });

  it("goes on from the epochs that ended when a callback broke a run off", async () => {
    const run = async (broken: boolean) => {
      using model = smallModel();
      const optimizer = new SGD({ momentum: 0.9 });
      const callbacks = [
        {
          onEpochEnd: (epoch: number) => {
            if (broken && epoch === 2) throw new Error("mine");
          },
        },
      ];
      const options = { ...fitOptions(), optimizer, batchSize: 2 };
      if (broken) await model.fit(x, y, { ...options, epochs: 5, callbacks }).catch(() => {});
      else await model.fit(x, y, { ...options, epochs: 3 });
      await model.fit(x, y, { ...options, epochs: 2 });
      return weightsOf(model);
    };
    expect(await run(true)).toEqual(await run(false));
  });

  it("reports each of two backends that are asked for at once truly", async () => {
    const quiet = tf.env().getBool("PROD");
    const backend = inject("backend");
    const reports = await Promise.all([useBackend("cpu"), useBackend(backend)]);
    expect(reports.map(({ name }) => name)).toEqual(["cpu", backend]);
    expect(tf.getBackend()).toBe(backend);
    expect(tf.env().getBool("PROD")).toBe(quiet);
  });
});

describe("directions that float32 squares badly", () => {
  it.each([1e-30, 1, 3e38])("points the same way at length %d", async (length) => {
    const slope = directionalDerivative((point) => tf.sum(tf.square(point)), [3, 2], [length, 0]);
    expect(await slope.array()).toBeCloseTo(6, 5);
    slope.dispose();
  });
});
