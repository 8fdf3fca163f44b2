import * as tf from "@tensorflow/tfjs-core";
import { Sequential, type Callback, type FitOptions, type Loss } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, inject, it } from "vitest";
import { expectClose } from "../support/expect-close.ts";
import { curve, oneWeight, smallModel, weightsOf } from "../support/models.ts";

const quiet = { loss: "meanSquaredError", verbose: 0 } as const;

describe("fit", () => {
  it("gives Keras's losses to the last float32 bit", async () => {
    using model = oneWeight();
    const x = Array.from({ length: 10 }, (_, index) => [index]);
    const y = x.map(() => [0]);
    const optimizer = new SGD({ learningRate: 0.01 });
    const { history } = await model.fit(x, y, { ...quiet, optimizer, batchSize: 4, shuffle: false, epochs: 2 });
    expect(history["loss"]).toEqual([14.014610290527344, 0.33602792024612427]);
    await expectClose((await weightsOf(model))[0] ?? NaN, [[0.02397697]], 1e-7);
  });

  it("counts a smaller last batch by its size", async () => {
    using model = oneWeight();
    // Errors 1, 1, 1, 2 in batches of 3 and 1, and no step that moves anything: (3 · 1 + 1 · 4) / 4.
    const optimizer = new SGD({ learningRate: 1e-12 });
    const y = [[0], [0], [0], [-1]];
    const { history } = await model.fit([[1], [1], [1], [1]], y, { ...quiet, optimizer, batchSize: 3, shuffle: false });
    expect(history["loss"]).toEqual([1.75]);
  });

  it.each([
    ["full", 1],
    [512, 1],
    [32, 16],
    [100, 6],
    [1, 512],
    [1000, 1],
  ] as const)("cuts 512 samples into batches of %s: %i steps an epoch", async (batchSize, steps) => {
    using model = oneWeight();
    const { x, y } = curve(512);
    const seen: number[] = [];
    const callbacks = [{ onBatchEnd: (batch: number) => seen.push(batch) }];
    const optimizer = new SGD({ learningRate: 0.01 });
    const history = await model.fit(x, y, { ...quiet, optimizer, batchSize, callbacks });
    expect(seen).toEqual(Array.from({ length: steps }, (_, index) => index));
    expect(history.params.steps).toBe(steps);
  });

  it("reports what ran", async () => {
    using model = smallModel(3);
    const { x, y } = curve(10);
    const options = { ...quiet, optimizer: new SGD(), batchSize: 4, epochs: 3 };
    const history = await model.fit(x, y, { ...options, compile: false });
    expect(history.epoch).toEqual([0, 1, 2]);
    expect(history.params).toEqual({
      epochs: 3,
      batchSize: 4,
      steps: 3,
      samples: 10,
      validationSamples: 0,
      seed: 3,
      backend: inject("backend"),
      compiled: false,
      notCompiled: "compile was set to false",
    });
  });

  it("repeats itself to the last bit from one seed, and not from another", async () => {
    const { x, y } = curve(40);
    const run = async (seed: number) => {
      using model = smallModel(seed);
      const optimizer = new SGD({ learningRate: 0.3, momentum: 0.9 });
      const { history } = await model.fit(x, y, { ...quiet, optimizer, batchSize: 8, epochs: 5 });
      return { history, weights: await weightsOf(model) };
    };
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
  });

  it("goes on where it stopped: ten epochs twice are twenty", async () => {
    const { x, y } = curve(20);
    const run = async (parts: readonly number[]) => {
      using model = smallModel();
      const optimizer = new SGD({ learningRate: 0.3, momentum: 0.9 });
      for (const epochs of parts) await model.fit(x, y, { ...quiet, optimizer, batchSize: 8, epochs });
      return weightsOf(model);
    };
    expect(await run([10, 10])).toEqual(await run([20]));
  });

  it("draws a new order each epoch, each sample once, and none when told not to", async () => {
    const orders = async (shuffle: boolean) => {
      using model = oneWeight();
      const x = Array.from({ length: 8 }, (_, index) => [index + 1]);
      // Targets 1 below each prediction but for their number: a single sample's loss tells which one it was.
      const seen: number[][] = [];
      const callback: Callback = {
        onEpochBegin: () => seen.push([]),
        onBatchEnd: (_, logs) => seen.at(-1)?.push(Math.round(Math.sqrt(logs["loss"] as number))),
      };
      const optimizer = new SGD({ learningRate: 1e-9 });
      const y = x.map(() => [0]);
      await model.fit(x, y, { ...quiet, optimizer, batchSize: 1, epochs: 2, shuffle, callbacks: [callback] });
      return seen;
    };
    const inOrder = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(await orders(false)).toEqual([inOrder, inOrder]);
    const [first = [], second = []] = await orders(true);
    expect(first.toSorted((a, b) => a - b)).toEqual(inOrder);
    expect(second.toSorted((a, b) => a - b)).toEqual(inOrder);
    expect(first).not.toEqual(inOrder);
    expect(first).not.toEqual(second);
  });

  it("validates on the last fraction, split off before shuffling", async () => {
    using model = oneWeight();
    const x = [[1], [1], [1], [1], [1], [1], [1], [2], [2], [2]];
    const y = x.map(() => [0]);
    const optimizer = new SGD({ learningRate: 1e-12 });
    const options = { ...quiet, optimizer, validationSplit: 0.3, metrics: ["mae"] } as const;
    const { history, params } = await model.fit(x, y, options);
    expect(history).toEqual({ loss: [1], mae: [1], val_loss: [4], val_mae: [2] });
    expect(params).toMatchObject({ samples: 7, validationSamples: 3 });
  });

  it.each([
    // n (1 − split) in binary: 10 · 0.09999999999999998 is 0.9999999999999998, and should be 1.
    [10, 0.9, 1],
    [10, 0.3, 7],
    [7, 0.5, 3],
    [100, 0.07, 93],
  ])("splits %i samples at %d into %i to train on and the rest", async (count, validationSplit, trained) => {
    using model = oneWeight();
    const x = Array.from({ length: count }, () => [1]);
    const { params } = await model.fit(x, x, { ...quiet, optimizer: new SGD(), validationSplit });
    expect(params).toMatchObject({ samples: trained, validationSamples: count - trained });
  });

  it("takes validation data before a split, in batches of the training's size", async () => {
    using model = oneWeight();
    function worst(target: tf.Tensor, prediction: tf.Tensor): tf.Scalar {
      return tf.max(tf.abs(tf.sub(target, prediction)));
    }
    const options = { ...quiet, optimizer: new SGD({ learningRate: 1e-12 }), batchSize: 2, metrics: [worst] };
    const validationData = [
      [[1], [3], [2]],
      [[0], [0], [0]],
    ] as const;
    const x = [[1], [1], [1], [1]];
    const { history, params } = await model.fit(x, x, { ...options, validationData, validationSplit: 0.5 });
    expect(params).toMatchObject({ samples: 4, validationSamples: 3 });
    // Worst of 1 and 3, twice, and of 2 alone: (3 + 3 + 2) / 3.
    expect(history["val_worst"]?.[0]).toBeCloseTo(8 / 3, 6);
  });

  it("shuffles by a seed of its own, from its start each time", async () => {
    const orders = async (seeds: readonly number[]) => {
      using model = oneWeight();
      const x = Array.from({ length: 8 }, (_, index) => [index + 1]);
      const y = x.map(() => [0]);
      const seen: number[][] = [];
      const callback: Callback = {
        onEpochBegin: () => seen.push([]),
        onBatchEnd: (_, logs) => seen.at(-1)?.push(Math.round(Math.sqrt(logs["loss"] as number))),
      };
      const options = { ...quiet, batchSize: 1, callbacks: [callback] };
      for (const seed of seeds) await model.fit(x, y, { ...options, optimizer: new SGD({ learningRate: 1e-9 }), seed });
      return seen;
    };
    const [first, again, other] = await orders([5, 5, 6]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    // The order that random.test.ts holds for this seed's first epoch.
    expect(await orders([42])).toEqual([[5, 4, 0, 1, 6, 2, 7, 3].map((index) => index + 1)]);
  });

  it("validates on data of its own", async () => {
    using model = oneWeight();
    const optimizer = new SGD({ learningRate: 1e-12 });
    const validationData = [[[3]], [[0]]] as const;
    const { history } = await model.fit([[1]], [[0]], { ...quiet, optimizer, validationData });
    expect(history).toEqual({ loss: [1], val_loss: [9] });
  });

  it("calls its callbacks in order, and awaits them", async () => {
    using model = oneWeight();
    const calls: string[] = [];
    const note = (name: string) => async () => {
      await Promise.resolve();
      calls.push(name);
    };
    const callback: Callback = {
      onTrainBegin: note("train begins"),
      onEpochBegin: note("epoch begins"),
      onBatchBegin: note("batch begins"),
      onBatchEnd: note("batch ends"),
      onEpochEnd: note("epoch ends"),
      onTrainEnd: note("train ends"),
    };
    await model.fit([[1], [2]], [[1], [2]], { ...quiet, optimizer: new SGD(), batchSize: 1, callbacks: [callback] });
    const batch = ["batch begins", "batch ends"];
    expect(calls).toEqual(["train begins", "epoch begins", ...batch, ...batch, "epoch ends", "train ends"]);
  });

  it("lets the event loop run while it trains", async () => {
    using model = smallModel();
    const { x, y } = curve(256);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    // Each epoch is far shorter than what it waits for, so the time has to be kept over epochs.
    const optimizer = new SGD();
    await model.fit(x, y, { ...quiet, optimizer, batchSize: 16, epochs: 100 });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });

  it("keeps the tensor count flat over 1,000 steps", async () => {
    using model = smallModel();
    const { x, y } = curve(50);
    const counts: number[] = [];
    const callbacks = [{ onEpochEnd: () => counts.push(tf.memory().numTensors) }];
    const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    await model.fit(x, y, { ...quiet, optimizer, batchSize: 10, epochs: 200, callbacks, metrics: ["mae"] });
    expect(new Set(counts.slice(1)).size).toBe(1);
  });

  it("keeps the tensor count bounded within one long epoch", async () => {
    using model = smallModel();
    const { x, y } = curve(600);
    const counts: number[] = [];
    const callbacks = [{ onBatchBegin: () => counts.push(tf.memory().numTensors) }];
    await model.fit(x, y, { ...quiet, optimizer: new SGD({ momentum: 0.9 }), batchSize: 1, callbacks });
    // Losses wait in packs of 128 to be read together.
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(128 + 600 / 128 + 10);
  });

  it.each(["onTrainBegin", "onEpochBegin", "onBatchBegin", "onBatchEnd", "onEpochEnd", "onTrainEnd"] as const)(
    "ends with the error that a callback throws in %s, and leaks nothing",
    async (hook) => {
      using model = smallModel();
      const { x, y } = curve(12);
      const callbacks = [
        {
          [hook]: () => {
            throw new Error("mine");
          },
        },
      ];
      const options = { ...quiet, optimizer: new SGD({ momentum: 0.9 }), batchSize: 4, epochs: 3, callbacks };
      await expect(model.fit(x, y, options)).rejects.toThrow("mine");
      await model.fit(x, y, { ...options, callbacks: [] });
    },
  );

  it("ends with the error that a loss throws in mid-step, and leaks nothing", async () => {
    using model = smallModel();
    const { x, y } = curve(12);
    let calls = 0;
    const loss: Loss = (target, prediction) => {
      if (++calls === 3) throw new Error("in mid-step");
      return tf.mean(tf.square(tf.sub(target, prediction)));
    };
    const options = { ...quiet, loss, optimizer: new SGD({ momentum: 0.9 }), batchSize: 4, epochs: 3 };
    // Compiled, the loss is not called in the third step.
    await expect(model.fit(x, y, { ...options, compile: false })).rejects.toThrow("in mid-step");
  });

  it("trains tensors and typed arrays as it trains arrays", async () => {
    const { x, y } = curve(20);
    const run = async (make: () => readonly [x: FitData, y: FitData]) => {
      using model = smallModel();
      const [inputs, targets] = make();
      await model.fit(inputs, targets, { ...quiet, optimizer: new SGD(), batchSize: 8 });
      tf.dispose([inputs, targets].filter((data) => data instanceof tf.Tensor));
      return weightsOf(model);
    };
    const expected = await run(() => [x, y]);
    expect(await run(() => [tf.tensor2d(x), tf.tensor2d(y)])).toEqual(expected);
    const typed = (rows: number[][]) => ({ values: Float32Array.from(rows.flat()), shape: [20, 1] });
    expect(await run(() => [typed(x), typed(y)])).toEqual(expected);
  });

  it("reads rows that are typed arrays", async () => {
    const run = async (rows: FitData) => {
      using model = smallModel();
      await model.fit(rows, [[1], [2]], { ...quiet, optimizer: new SGD() });
      return weightsOf(model);
    };
    expect(await run([Float32Array.of(0.5), Float32Array.of(-0.25)])).toEqual(await run([[0.5], [-0.25]]));
    expect(await run([Float64Array.of(0.5), Float64Array.of(-0.25)])).toEqual(await run([[0.5], [-0.25]]));
  });

  it("trains two models at a time", async () => {
    using one = smallModel(1);
    using other = smallModel(1);
    const { x, y } = curve(64);
    const options = () => ({ ...quiet, optimizer: new SGD({ momentum: 0.9 }), epochs: 20 });
    await Promise.all([one.fit(x, y, options()), other.fit(x, y, options())]);
    expect(await weightsOf(one)).toEqual(await weightsOf(other));
  });
});

type FitData = Parameters<Sequential["fit"]>[0];

describe("fit's refusals", () => {
  /** Fits data that is refused; expects the message, unchanged weights and (by the suite's own check) no leak. */
  async function expectRefusal(
    message: string | RegExp,
    change: Partial<FitOptions> & { readonly x?: FitData; readonly y?: FitData },
  ): Promise<void> {
    using model = new Sequential([new Dense({ units: 2 })], { inputShape: [2] });
    const before = await weightsOf(model);
    const { x = [[1, 2]], y = [[1, 2]], ...options } = change;
    const optimizer = new SGD({ momentum: 0.9 });
    await expect(model.fit(x, y, { ...quiet, optimizer, ...options })).rejects.toThrow(message);
    expect(await weightsOf(model)).toEqual(before);
    expect(optimizer.stateOf(model.parameters)).toEqual([]);
  }

  const invalid = (value: unknown) => value as never;

  it.each([
    [
      {
        x: [[1, 2]],
        y: [
          [1, 2],
          [3, 4],
        ],
      },
      "fit expects as many targets as inputs, got y of shape [2, 2] for x of shape [1, 2].",
    ],
    [{ x: [[1, 2, 3]] }, "fit expects x of shape [batch, 2], got [1, 3]."],
    [{ x: [1, 2] }, "fit expects x of shape [batch, 2], got [2]. Give each sample a row of its own: [[1], [2], …]."],
    [
      { x: [[1, 2], [3]] },
      "x is ragged: row 0 has 2 values, row 1 has 1 values. Give every row the same number of values.",
    ],
    [{ x: [[1, 2], 3] }, "x is ragged: row 0 has 2 values, row 1 has 3. Give every row the same number of values."],
    [{ x: invalid([["a", 2]]) }, 'x expects a number at row 0, column 0, got "a".'],
    [{ x: invalid([[1, null]]) }, "x expects a number at row 0, column 1, got null."],
    [{ x: invalid("text") }, 'x expects a tensor, a nested array of numbers, or { values, shape }, got "text".'],
    [{ x: invalid(null) }, "x expects a tensor, a nested array of numbers, or { values, shape }, got null."],
    [{ x: [], y: [] }, "fit expects at least one sample, but x is empty."],
    [{ x: [[]], y: [[]] }, "fit expects at least one sample, but x is empty."],
    [{ x: [[1, NaN]] }, "x holds NaN at row 0, column 1."],
    [
      {
        x: [
          [1, 2],
          [Infinity, 4],
        ],
        y: [
          [1, 2],
          [3, 4],
        ],
      },
      "x holds Infinity at row 1, column 0.",
    ],
    [
      { x: [[1, 1e39]] },
      "x holds Infinity at row 0, column 1. Drop that row, or fill in a number (float32 ends at 3.4e38)",
    ],
    [{ y: [[-Infinity, 2]] }, "y holds -Infinity at row 0, column 0."],
    [{ x: { values: [1, 2, 3], shape: [1, 2] } }, "x expects 2 values for its shape [1, 2], got 3."],
    [{ y: [[1]] }, "fit expects a target y of shape [1, 2], got [1, 1]. A loss never broadcasts."],
    [{ y: [[[1, 2]]] }, "fit expects a target y of shape [1, 2], got [1, 1, 2]. Reshape y: a loss never broadcasts."],
    [{ y: [[[1, 2]]], loss: () => tf.scalar(0) }, "fit expects a target y of shape [1, 2], got [1, 1, 2]."],
    [{ batchSize: 0 }, 'fit expects batchSize to be "full" or a whole number above 0, got 0.'],
    [{ batchSize: -1 }, 'fit expects batchSize to be "full" or a whole number above 0, got -1.'],
    [{ batchSize: 1.5 }, 'fit expects batchSize to be "full" or a whole number above 0, got 1.5.'],
    [{ batchSize: NaN }, 'fit expects batchSize to be "full" or a whole number above 0, got NaN.'],
    [{ batchSize: invalid("all") }, 'fit expects batchSize to be "full" or a whole number above 0, got "all".'],
    [{ epochs: 0 }, "fit expects epochs to be a whole number above 0, got 0."],
    [{ epochs: -1 }, "fit expects epochs to be a whole number above 0, got -1."],
    [{ epochs: 1.5 }, "fit expects epochs to be a whole number above 0, got 1.5."],
    [{ epochs: NaN }, "fit expects epochs to be a whole number above 0, got NaN."],
    [{ seed: 0.5 }, "fit expects seed to be a whole number, got 0.5."],
    [{ verbose: invalid(2) }, "fit expects verbose to be 0 or 1, got 2."],
    [{ validationSplit: 1 }, "fit expects validationSplit to be a fraction between 0 and 1, both excluded, got 1."],
    [
      { validationSplit: 0.5 },
      "validationSplit 0.5 of 1 samples leaves 0 to train on and 1 to validate on. Both need at least one.",
    ],
    [{ validationData: [[[1]], [[1, 2]]] }, "fit expects validationData's x of shape [batch, 2], got [1, 1]."],
    [{ loss: invalid("meanSquareError") }, 'There is no loss "meanSquareError". Did you mean "meanSquaredError"?'],
    [{ loss: invalid("toString") }, 'There is no loss "toString".'],
    [{ metrics: invalid(["maee"]) }, 'There is no metric "maee". Did you mean "mae"?'],
    [{ optimizer: invalid("sgd") }, "fit expects optimizer to be an Optimizer, such as new SGD({ learningRate: 0.1 })"],
    [
      { loss: (target) => invalid(target) },
      "What is differentiated must be a scalar tensor, got a tensor of shape [1, 2].",
    ],
    [{ loss: () => tf.scalar(0) }, "The loss does not depend on dense_1/kernel, dense_1/bias, so there is no gradient"],
  ] satisfies [Parameters<typeof expectRefusal>[1], string][])("refuses %o", async (change, message) => {
    await expectRefusal(message, change);
  });

  it("names the row and column of a NaN in a tensor, too", async () => {
    const x = tf.tensor2d([
      [1, 2],
      [3, NaN],
    ]);
    const y = tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
    await expectRefusal("x holds NaN at row 1, column 1.", { x, y });
    tf.dispose([x, y]);
  });

  it("looks for NaN in a tensor of targets as well", async () => {
    const y = tf.tensor2d([[1, NaN]]);
    await expectRefusal("y holds NaN at row 0, column 1.", { y });
    y.dispose();
  });

  it("refuses tensors that hold no numbers", async () => {
    const words = tf.tensor2d([["a", "b"]]);
    await expectRefusal("x expects a tensor of numbers, got one of type string.", { x: words });
    words.dispose();
  });

  it("names the validation data's part that does not fit", async () => {
    const message = "fit expects a target validationData's y of shape [1, 2], got [1, 1].";
    await expectRefusal(message, { validationData: [[[1, 2]], [[1]]] });
  });

  it("refuses a tensor that was disposed", async () => {
    const x = tf.tensor2d([[1, 2]]);
    x.dispose();
    await expectRefusal("x is a tensor that was disposed. Make it anew.", { x });
  });

  it("refuses a parameter that the loss does not reach, by name, and leaves the model as it was", async () => {
    using model = smallModel();
    const before = await weightsOf(model);
    const loss: Loss = () => tf.mean(tf.square(model.parameters[0] as tf.Tensor));
    const options = { ...quiet, loss, optimizer: new SGD({ momentum: 0.9 }) };
    const message = "The loss does not depend on dense_1/bias, dense_2/kernel, dense_2/bias,";
    await expect(model.fit([[1]], [[1]], options)).rejects.toThrow(message);
    expect(await weightsOf(model)).toEqual(before);
  });

  it("refuses a second fit while one runs, and lets that one finish", async () => {
    using model = smallModel();
    const { x, y } = curve(64);
    const options = { ...quiet, optimizer: new SGD(), epochs: 20 };
    const first = model.fit(x, y, options);
    await expect(model.fit(x, y, options)).rejects.toThrow("This Sequential is being trained by another fit.");
    expect((await first).epoch).toHaveLength(20);
  });

  it("refuses an optimizer that was disposed", async () => {
    const optimizer = new SGD();
    optimizer.dispose();
    await expectRefusal("This SGD was disposed. Make a new one.", { optimizer });
  });

  it("ends when the model is disposed in its midst", async () => {
    const model = smallModel();
    const { x, y } = curve(64);
    let batches = 0;
    const callbacks = [{ onBatchBegin: () => ++batches === 5 && model.dispose() }];
    const options = { ...quiet, optimizer: new SGD({ momentum: 0.9 }), epochs: 20, callbacks };
    await expect(model.fit(x, y, options)).rejects.toThrow(
      "This model was disposed, and its weights are gone. Make a new one.",
    );
  });
});
