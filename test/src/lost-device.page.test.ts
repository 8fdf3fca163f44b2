import * as tf from "@tensorflow/tfjs-core";
import { DeviceLostError, useBackend, type BackendName } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { afterEach, describe, expect, inject, it } from "vitest";
import { curve, smallModel, weightsOf } from "../support/models.ts";

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

/** Trains in eight steps an epoch; loses the device in the given one of the third epoch. */
async function fitAndLose(model: ReturnType<typeof smallModel>, optimizer: SGD, atBatch: number | "end") {
  const weights: unknown[] = [];
  let epochNow = 0;
  const watch = {
    onEpochBegin: (epoch: number) => (epochNow = epoch),
    onEpochEnd: async (epoch: number) => {
      weights.push(await weightsOf(model));
      if (epoch === 2 && atBatch === "end") await loseDevice();
    },
  };
  const lose = {
    onBatchBegin: async (batch: number) => void (epochNow === 2 && batch === atBatch && (await loseDevice())),
  };
  const callbacks = atBatch === "end" ? [watch] : [watch, lose];
  const options = {
    loss: "meanSquaredError" as const,
    optimizer,
    batchSize: 8,
    epochs: 5,
    verbose: 0 as const,
    callbacks,
  };
  const error: unknown = await model.fit(x, y, options).catch((reason: unknown) => reason);
  return { error: error as DeviceLostError, weights };
}

/** At which batch, and how many epochs then remain. Chromium refuses WebGPU to a page that lost it half a dozen times. */
const lossesOf: Partial<Record<BackendName, [number | "end", number][]>> = {
  webgl: [
    [0, 2],
    [5, 2],
    [7, 2],
    ["end", 3],
  ],
  webgpu: [[5, 2]],
};

describe(`a GPU that goes away while ${inject("backend")} trains`, () => {
  it.each(lossesOf[inject("backend")] ?? [])(
    "ends fit with an error that says so, and keeps the last epoch's weights: lost at %s",
    async (atBatch, epochs) => {
      using model = smallModel();
      using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
      const { error, weights } = await fitAndLose(model, optimizer, atBatch);
      expect(error).toBeInstanceOf(DeviceLostError);
      expect(error.message).toMatch(/^Web(GL|GPU) was lost: the browser or the driver took the GPU away, /);
      expect(error.message).toContain(
        `It happened in epoch ${epochs} (counted from 0); the model keeps the weights of the end of epoch ${epochs - 1}. ` +
          "Call `await useBackend()` again for one that runs, and go on with another fit.",
      );
      expect(error.history?.epoch).toHaveLength(epochs);
      expect(await weightsOf(model)).toEqual(weights[epochs - 1]);
    },
  );

  it.each(["cpu", inject("backend")] as BackendName[])(
    "goes on where it was on %s, the optimizer too",
    async (next) => {
      using model = smallModel();
      using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
      await fitAndLose(model, optimizer, 5);
      await useBackend(next);
      const options = { loss: "meanSquaredError" as const, optimizer, batchSize: 8, epochs: 3, verbose: 0 as const };
      const { history } = await model.fit(x, y, options);

      using undisturbed = smallModel();
      using other = new SGD({ learningRate: 0.1, momentum: 0.9 });
      const whole = await undisturbed.fit(x, y, { ...options, optimizer: other, epochs: 5 });
      history["loss"]?.forEach((loss, epoch) => {
        // 1e-4: the backends round differently, over 40 steps.
        expect(Math.abs(loss - (whole.history["loss"]?.[epoch + 2] as number))).toBeLessThan(1e-4);
      });
    },
  );

  it("makes a read of what stood there an error, not zeros", async () => {
    using model = smallModel();
    const output = model.predict([[0.5]]);
    const square = tf.mul(output, output);
    await loseDevice();
    await expect(square.data()).rejects.toThrow(
      "Call `await useBackend()` again for one that runs, and make anew the tensors",
    );
    expect(() => square.dataSync()).toThrow(DeviceLostError);
    tf.dispose([output, square]);
  });
});
