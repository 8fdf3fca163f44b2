import * as tf from "@tensorflow/tfjs-core";
import { DataError, HyperparameterError, type BatchStream, type LabelledBatch, type StreamFitOptions } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { curve, oneWeight, smallModel, weightsOf } from "../support/models.ts";

const { x, y } = curve(10);

const options = (more: Partial<StreamFitOptions> = {}) =>
  ({ loss: "meanSquaredError", verbose: 0, optimizer: new SGD({ momentum: 0.9 }), epochs: 2, ...more }) as const;

/** 4, 4 and 2 samples. */
async function* inBatches(): AsyncGenerator<LabelledBatch> {
  for (let start = 0; start < x.length; start += 4) {
    await Promise.resolve();
    yield [x.slice(start, start + 4), y.slice(start, start + 4)];
  }
}

describe("fit on a stream of batches", () => {
  it("trains as on the same samples, cut and ordered alike", async () => {
    using model = smallModel();
    using other = smallModel();
    const validationData = [x.slice(0, 4), y.slice(0, 4)] as const;
    const { history, params } = await model.fit(inBatches, options({ metrics: ["mae"], validationData }));
    const whole = { ...options({ metrics: ["mae"], validationData }), batchSize: 4, shuffle: false };
    const expected = await other.fit(x, y, whole);
    expect(history).toEqual(expected.history);
    expect(await weightsOf(model)).toEqual(await weightsOf(other));
    expect(params).toEqual({ ...expected.params, batchSize: "stream" });
  });

  it("asks for a batch only when a step has been taken on the one before, and leaves the stream its tensors", async () => {
    using model = smallModel();
    const steps: (number | undefined)[] = [];
    async function* tensors(): AsyncGenerator<LabelledBatch> {
      for (let index = 0; index < 3; index++) {
        steps.push(model.stepsTaken);
        const batch = [tf.tensor(x), tf.tensor(y)] as const;
        try {
          yield batch;
          // Still there, and by now the only batch that is.
          await batch[0].data();
        } finally {
          tf.dispose([...batch]);
        }
      }
    }
    await model.fit(tensors, options({ epochs: 1 }));
    expect(steps).toEqual([0, 1, 2]);
  });

  it("weighs samples", async () => {
    using model = oneWeight();
    // Errors 1 and 3 with weights 1 and 0.5: (1 · 1 + 0.5 · 9) / 2.
    const stream = () => [
      [
        [[1], [1]],
        [[0], [-2]],
        [1, 0.5],
      ] as const,
    ];
    const { history } = await model.fit(stream, options({ epochs: 1 }));
    expect(history["loss"]).toEqual([2.75]);
  });

  it("takes what can be gone over again and again", async () => {
    using model = smallModel();
    const { epoch } = await model.fit({ [Symbol.asyncIterator]: inBatches } as BatchStream, options());
    expect(epoch).toEqual([0, 1]);
  });

  it("takes what is gone over without waiting: a set, and for one epoch a generator", async () => {
    using model = smallModel();
    using other = smallModel();
    const batches: LabelledBatch[] = [
      [x.slice(0, 5), y.slice(0, 5)],
      [x.slice(5), y.slice(5)],
    ];
    const { history } = await model.fit(new Set(batches), options());
    const expected = await other.fit(() => batches, options());
    expect(history).toEqual(expected.history);
    const { epoch } = await model.fit(batches.values(), options({ epochs: 1 }));
    expect(epoch).toEqual([0]);
    await expect(model.fit(batches.values(), options())).rejects.toThrow(
      "The stream of batches ended before its first batch in epoch 1. " +
        "A generator runs only once: give fit the function, which it calls for each epoch.",
    );
    await expect(model.fit(batches, options())).rejects.toThrow(
      "fit expects x, y and options, or a stream of batches and options, got an array and options. " +
        "Of samples give the targets too, of batches a function, () => batches.",
    );
  });

  it("has a stream end that a callback stops, and counts its batches", async () => {
    using model = smallModel();
    let isEnded = false;
    async function* endless(): AsyncGenerator<LabelledBatch> {
      try {
        for (;;) yield [x, y];
      } finally {
        isEnded = true;
      }
    }
    let stop = () => {};
    const stopAtFive = {
      onTrainBegin: (run: { stop: () => void }) => (stop = () => run.stop()),
      onBatchEnd: (batch: number) => void (batch === 4 && stop()),
    };
    const { epoch, params } = await model.fit(endless, options({ callbacks: [stopAtFive] }));
    expect(epoch).toEqual([0]);
    expect(params).toMatchObject({ steps: 5, samples: 50 });
    expect(isEnded).toBe(true);
  });

  it("keeps finite weights where it diverges, and says so without going over the stream again", async () => {
    using model = oneWeight();
    const optimizer = new SGD({ learningRate: 1e20 });
    await expect(model.fit(inBatches, options({ optimizer, epochs: 5 }))).rejects.toThrow(
      /^The loss became (Infinity|NaN) in epoch \d, batch \d \(both counted from 0\)\. The model keeps the weights/,
    );
    expect((await weightsOf(model)).flat(2).every(Number.isFinite)).toBe(true);
  });

  it("ends with what the stream throws, and the model as the last step left it", async () => {
    using model = smallModel();
    async function* broken(): AsyncGenerator<LabelledBatch> {
      yield [x, y];
      await Promise.resolve();
      throw new Error("The disk is gone.");
    }
    await expect(model.fit(broken, options())).rejects.toThrow("The disk is gone.");
    expect(model.stepsTaken).toBe(1);
  });

  it("does not wait for a batch that never comes once the signal aborts", async () => {
    using model = smallModel();
    const controller = new AbortController();
    async function* stuck(): AsyncGenerator<LabelledBatch> {
      yield [x, y];
      setTimeout(() => controller.abort(), 10);
      await new Promise(() => {});
    }
    await expect(model.fit(stuck, options({ signal: controller.signal }))).rejects.toThrow(
      "fit was aborted after 0 of 2 epochs.",
    );
    expect(model.stepsTaken).toBe(1);
  });

  it("asks for no batch once the signal has aborted", async () => {
    using model = smallModel();
    const controller = new AbortController();
    let asked = 0;
    const stream = (): AsyncIterable<LabelledBatch> => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ value: [x, y], done: asked++ > 3 }) }),
    });
    const callbacks = [{ onBatchEnd: () => controller.abort() }];
    await expect(model.fit(stream, options({ signal: controller.signal, callbacks }))).rejects.toThrow(
      "fit was aborted after 0 of 2 epochs.",
    );
    expect(asked).toBe(1);
  });

  it("says what ended the run where the stream cannot be ended", async () => {
    using model = smallModel();
    const stubborn = (): AsyncIterable<LabelledBatch> => ({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ value: [x, y.slice(1)], done: false }),
        return() {
          throw new Error("It cannot be closed.");
        },
      }),
    });
    await expect(model.fit(stubborn, options())).rejects.toThrow("fit expects as many targets as inputs");
  });

  it("says what to do about a generator that is used up", async () => {
    using model = smallModel();
    await expect(model.fit(inBatches(), options())).rejects.toThrow(
      new DataError(
        "The stream of batches ended before its first batch in epoch 1. " +
          "A generator runs only once: give fit the function, which it calls for each epoch.",
      ),
    );
  });

  it.each([
    [() => [], "The stream of batches ended before its first batch in epoch 0. It has to yield at least one [x, y]."],
    [() => 3, "fit expects a stream of batches to be iterable, got 3."],
    [() => [x], "fit expects a stream to yield [x, y] or [x, y, sampleWeight], got"],
    [() => [{ xs: x, ys: y }], "fit expects a stream to yield [x, y] or [x, y, sampleWeight], got"],
    [() => [[x, y.slice(1)]], "fit expects as many targets as inputs, got batch 0's y of shape [9, 1] for batch 0's x"],
    [() => [[x, y] as const, [[[NaN]], [[1]]] as const], "batch 1's x holds NaN at row 0, column 0."],
  ])("%s is refused", async (stream, message) => {
    using model = smallModel();
    await expect(model.fit(stream as unknown as BatchStream, options())).rejects.toThrow(message);
  });

  it.each([
    [{ batchSize: 4 }, "fit on a stream expects batchSize to be left out, got 4. The stream cuts its batches itself."],
    [{ shuffle: true }, "fit on a stream expects shuffle to be left out, got true. The stream gives its batches in"],
    [{ validationSplit: 0.5 }, "fit on a stream expects validationSplit to be left out, got 0.5. Give validationData."],
    [
      { sampleWeight: [1] },
      "fit on a stream expects sampleWeight to be left out, got [1]. Yield [x, y, sampleWeight].",
    ],
  ])("%j is refused with it", async (more, message) => {
    using model = smallModel();
    const fit = async () => model.fit(inBatches, { ...options(), ...more } as unknown as StreamFitOptions);
    await expect(fit()).rejects.toThrow(HyperparameterError);
    await expect(fit()).rejects.toThrow(message);
  });
});
