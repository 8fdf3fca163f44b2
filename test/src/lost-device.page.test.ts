import * as tf from "@tensorflow/tfjs-core";
import { DeviceLostError, Sequential, trainStep, useBackend, type BackendName, type FitOptions } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { afterEach, describe, expect, inject, it } from "vitest";
import { curve, weightsOf } from "../support/models.ts";

afterEach(async () => {
  await useBackend(inject("backend"));
});

/** Takes the GPU away, as a driver that crashes does. */
async function loseDevice(): Promise<void> {
  const backend = tf.backend() as unknown as {
    gpgpu?: { gl: WebGL2RenderingContext };
    device?: { destroy: () => void; lost: Promise<unknown> };
  };
  backend.gpgpu?.gl.getExtension("WEBGL_lose_context")?.loseContext();
  backend.device?.destroy();
  await backend.device?.lost;
}

const { x, y } = curve(64);

/** Large enough that its weights do stand on the GPU: tfjs leaves a few numbers on the host. */
function network(): Sequential {
  const layers = [new Dense({ units: 16, activation: "sigmoid" }), new Dense({ units: 16 }), new Dense({ units: 1 })];
  return new Sequential(layers, { inputShape: [1], seed: 7 });
}

const makeOptimizer = () => new SGD({ learningRate: 0.05, momentum: 0.9 });
const plain = { loss: "meanSquaredError", batchSize: 16, verbose: 0 } as const;

/** Trains in four steps an epoch, and loses the device before the given batch of an epoch, or at that epoch's end. */
async function fitAndLose(model: Sequential, optimizer: SGD, epoch: number, batch: number | "end", next?: BackendName) {
  const weights = [await weightsOf(model)];
  let epochNow = 0;
  const lose = async () => {
    await loseDevice();
    if (next !== undefined) await useBackend(next);
  };
  const hooks = {
    onEpochBegin: (now: number) => (epochNow = now),
    onEpochEnd: async (now: number) => {
      weights.push(await weightsOf(model));
      if (now === epoch && batch === "end") await lose();
    },
  };
  const onBatchBegin = async (now: number) => void (epochNow === epoch && now === batch && (await lose()));
  const callbacks: FitOptions["callbacks"] = batch === "end" ? [hooks] : [{ ...hooks, onBatchBegin }];
  const error: unknown = await model
    .fit(x, y, { ...plain, optimizer, epochs: 4, callbacks })
    .catch((reason: unknown) => reason);
  return { error: error as DeviceLostError, weights };
}

/**
 * At which batch of the third epoch, and how many epochs then had ended. Chromium refuses WebGPU to a page that lost it
 * half a dozen times.
 */
const lossesOf: Partial<Record<BackendName, [number | "end", number][]>> = {
  webgl: [
    [0, 2],
    [2, 2],
    [3, 2],
    ["end", 3],
  ],
  webgpu: [[2, 2]],
};

describe(`a GPU that goes away while ${inject("backend")} trains`, () => {
  it.each(lossesOf[inject("backend")] ?? [])(
    "ends fit with an error that says so, and keeps the last epoch's weights: lost at %s",
    async (batch, epochs) => {
      using model = network();
      using optimizer = makeOptimizer();
      const { error, weights } = await fitAndLose(model, optimizer, 2, batch);
      expect(error).toBeInstanceOf(DeviceLostError);
      expect(error.message).toMatch(
        new RegExp(
          "^Web(GL|GPU) was lost: the browser or the driver took the GPU away, and what stood there is gone\\. The model " +
            `keeps the weights of the end of epoch ${epochs - 1} \\(counted from 0\\)\\. Call .await useBackend\\(\\). again`,
        ),
      );
      expect(error.history?.epoch).toHaveLength(epochs);
      expect(await weightsOf(model)).toEqual(weights[epochs]);
    },
  );

  it.each(["cpu", inject("backend")] as BackendName[])(
    "goes on where it was on %s, the optimizer too",
    async (next) => {
      using model = network();
      using optimizer = makeOptimizer();
      await fitAndLose(model, optimizer, 2, 2);
      await useBackend(next);
      const { history } = await model.fit(x, y, { ...plain, optimizer, epochs: 2 });

      using undisturbed = network();
      using other = makeOptimizer();
      const whole = await undisturbed.fit(x, y, { ...plain, optimizer: other, epochs: 4 });
      history["loss"]?.forEach((loss, epoch) => {
        // 1e-4: the backends round differently, over 16 steps.
        expect(Math.abs(loss - (whole.history["loss"]?.[epoch + 2] as number))).toBeLessThan(1e-4);
      });
    },
  );

  it("makes a read of what stood there an error, not zeros", async () => {
    using model = network();
    const output = model.predict([[0.5]]);
    const square = tf.mul(output, output);
    await loseDevice();
    const mend = "Call `await useBackend()` again for one that runs, and make anew the tensors that stood on it.";
    await expect(square.data()).rejects.toThrow(mend);
    expect(() => square.dataSync()).toThrow(DeviceLostError);
    tf.dispose([output, square]);
  });
});

/** What need not be seen on webgpu too. */
const webglOnly = inject("backend") === "webgl" ? [inject("backend")] : [];

describe.each(webglOnly)("%s, lost", () => {
  it("in the first epoch leaves the weights that there were before", async () => {
    using model = network();
    using optimizer = makeOptimizer();
    const { error, weights } = await fitAndLose(model, optimizer, 0, 3);
    expect(error.message).toContain("The model keeps the weights that it had before fit.");
    expect(await weightsOf(model)).toEqual(weights[0]);
  });

  it("before fit says that the weights are gone, if only the GPU had them", async () => {
    using model = network();
    using optimizer = makeOptimizer();
    trainStep(model, x, y, { loss: "meanSquaredError", optimizer }).dispose();
    await loseDevice();
    const message = "The model's weights stood there too: make the model anew.";
    await expect(model.fit(x, y, { ...plain, optimizer, epochs: 1 })).rejects.toThrow(message);
  });

  it("and another backend started by a hook, it still goes back to the last epoch", async () => {
    using model = network();
    using optimizer = makeOptimizer();
    const { error, weights } = await fitAndLose(model, optimizer, 2, 2, "cpu");
    expect(error).toBeInstanceOf(DeviceLostError);
    expect(await weightsOf(model)).toEqual(weights[2]);
  });

  it("while a read waits, ends that with the error", async () => {
    const large = tf.ones([500, 500]);
    const product = tf.matMul(large, large);
    const reading = product.data();
    await loseDevice();
    await expect(reading).rejects.toThrow(DeviceLostError);
    tf.dispose([large, product]);
  });
});
