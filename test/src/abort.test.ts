import * as tf from "@tensorflow/tfjs-core";
import { AbortError, type Callback, type FitOptions, type Sequential } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it, vi } from "vitest";
import { curve, smallModel, weightsOf } from "../support/models.ts";

const { x, y } = curve(16);

/** Three epochs of four steps. */
const options = (more: Partial<FitOptions> = {}) =>
  ({
    loss: "meanSquaredError",
    verbose: 0,
    optimizer: new SGD({ learningRate: 0.1, momentum: 0.9 }),
    batchSize: 4,
    epochs: 3,
    ...more,
  }) as const;

async function abortIn(model: Sequential, hooks: (controller: AbortController) => Callback): Promise<AbortError> {
  const controller = new AbortController();
  const callbacks = [hooks(controller)];
  const error: unknown = await model
    .fit(x, y, options({ callbacks, signal: controller.signal }))
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AbortError);
  expect((error as AbortError).cause).toBe(controller.signal.reason);
  return error as AbortError;
}

describe("a signal that aborts", () => {
  it("ends fit before the next step, with the history so far", async () => {
    using model = smallModel();
    let epochNow = 0;
    const { name, message, history } = await abortIn(model, (controller) => ({
      onEpochBegin: (epoch) => (epochNow = epoch),
      onBatchEnd: (batch) => void (epochNow === 1 && batch === 1 && controller.abort()),
    }));
    expect(name).toBe("AbortError");
    expect(message).toBe(
      "fit was aborted after 1 of 3 epochs. The model keeps what it had learnt by its last step, " +
        "and the error's history holds the epochs that ended: another fit goes on from there.",
    );
    expect(history.epoch).toEqual([0]);
    expect(history.history["loss"]).toHaveLength(1);
    expect(model.stepsTaken).toBe(6);
  });

  it("leaves the weights of the last whole step", async () => {
    using model = smallModel();
    using other = smallModel();
    await abortIn(model, (controller) => ({ onBatchBegin: (batch) => void (batch === 2 && controller.abort()) }));
    const weights: unknown[] = [];
    const watch = { onBatchEnd: async () => void weights.push(await weightsOf(other)) };
    await other.fit(x, y, options({ epochs: 1, callbacks: [watch] }));
    expect(await weightsOf(model)).toEqual(weights[1]);
  });

  it("ends fit between two epochs", async () => {
    using model = smallModel();
    const { history } = await abortIn(model, (controller) => ({
      onEpochEnd: (epoch) => void (epoch === 1 && controller.abort()),
    }));
    expect(history.epoch).toEqual([0, 1]);
    expect(model.stepsTaken).toBe(8);
  });

  it("ends the measuring of an epoch that all steps were taken of, and does not count it", async () => {
    using model = smallModel();
    let measured = 0;
    const controller = new AbortController();
    const abortAtSixth = (target: tf.Tensor): tf.Scalar => {
      measured++;
      // Four steps, then the validation.
      if (measured === 6) controller.abort();
      return tf.mean(target);
    };
    const more = { metrics: [abortAtSixth], validationData: [x, y] as const, signal: controller.signal };
    // Compiled, a metric is called in the first steps only.
    const asWritten = { ...options(more), compile: false } as const;
    await expect(model.fit(x, y, asWritten)).rejects.toMatchObject({
      message: expect.stringMatching(/^fit was aborted after 0 of 3 epochs\. /) as unknown,
      history: { epoch: [], history: {} },
    });
    expect(measured).toBe(6);
    expect(model.stepsTaken).toBe(4);
  });

  it("ends fit before it begins, and is asked for again by the next one", async () => {
    using model = smallModel();
    const before = await weightsOf(model);
    const signal = AbortSignal.abort(new Error("Not today."));
    await expect(model.fit(x, y, options({ signal }))).rejects.toMatchObject({ cause: new Error("Not today.") });
    expect(await weightsOf(model)).toEqual(before);
    await model.fit(x, y, options());
    expect(model.stepsTaken).toBe(12);
  });

  it("ends fit at a timer's time, within a long epoch", async () => {
    using model = smallModel();
    const many = Array.from({ length: 500_000 }, (_, index) => [index / 5e5]);
    const signal = AbortSignal.timeout(1);
    await expect(model.fit(many, many, options({ batchSize: 1, shuffle: false, signal }))).rejects.toThrow(AbortError);
    expect(model.stepsTaken).toBeLessThan(500_000);
  });

  it.each(["onTrainBegin", "onEpochBegin", "onBatchBegin", "onBatchEnd", "onEpochEnd", "onTrainEnd"])(
    "ends fit at once while %s is awaited, however long that takes",
    async (hook) => {
      using model = smallModel();
      const { history } = await abortIn(model, (controller) => ({
        [hook]: async () => {
          setTimeout(() => controller.abort());
          return new Promise(() => {});
        },
      }));
      expect(history.epoch).toEqual({ onEpochEnd: [0], onTrainEnd: [0, 1, 2] }[hook] ?? []);
    },
  );

  it("is not troubled by what the hook that it left does then", async () => {
    using model = smallModel();
    let isOver = false;
    await abortIn(model, (controller) => ({
      onEpochEnd: async () => {
        setTimeout(() => controller.abort());
        await new Promise((resolve) => setTimeout(resolve, 20));
        isOver = true;
        throw new Error("Nobody hears it.");
      },
    }));
    expect(isOver).toBe(false);
    await vi.waitFor(() => expect(isOver).toBe(true));
  });

  it("hears a hook out that has it abort", async () => {
    using model = smallModel();
    let isOver = false;
    await abortIn(model, (controller) => ({
      onEpochEnd: async () => {
        controller.abort();
        await new Promise((resolve) => setTimeout(resolve, 20));
        isOver = true;
      },
    }));
    expect(isOver).toBe(true);
  });

  it("that is none is refused", async () => {
    using model = smallModel();
    const fit = model.fit(x, y, options({ signal: new AbortController() as unknown as AbortSignal }));
    await expect(fit).rejects.toThrow("fit expects signal to be an AbortSignal, a controller's signal, got ");
  });
});

describe("a run that a callback stops", () => {
  it("ends after the batch, and the epoch is measured by the batches that there were", async () => {
    using model = smallModel();
    let stop = () => {};
    const ended: unknown[] = [];
    const stopAtTwo: Callback = {
      onTrainBegin: (run) => (stop = () => run.stop()),
      onBatchBegin: (batch) => void (batch === 1 && stop()),
      onEpochEnd: (epoch) => ended.push(epoch),
      onTrainEnd: () => ended.push("end"),
    };
    const { epoch, history } = await model.fit(x, y, options({ callbacks: [stopAtTwo] }));
    expect(epoch).toEqual([0]);
    expect(history["loss"]?.every(Number.isFinite)).toBe(true);
    expect(ended).toEqual([0, "end"]);
    expect(model.stepsTaken).toBe(2);
  });

  it("sees the model, the optimizer, the names of what is measured, and the history so far", async () => {
    using model = smallModel();
    const optimizer = new SGD();
    const seen: unknown[] = [];
    const look: Callback = {
      onTrainBegin: (run) =>
        seen.push(run.model === model, run.optimizer === optimizer, run.measured, run.history.epoch),
    };
    const { epoch } = await model.fit(
      x,
      y,
      options({ optimizer, metrics: ["mae"], validationSplit: 0.5, callbacks: [look] }),
    );
    expect(seen).toEqual([true, true, ["loss", "mae", "val_loss", "val_mae"], epoch]);
  });
});
