import * as tf from "@tensorflow/tfjs-core";
import { useBackend, type BackendName } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { afterEach, describe, expect, inject, it } from "vitest";
import { curve, smallModel, weightsOf } from "../../support/models.ts";

afterEach(async () => {
  await useBackend(inject("backend"));
});

const { x, y } = curve(64);
const options = { loss: "meanSquaredError", batchSize: 8, verbose: 0 } as const;

/** The one under test, then another, and back. */
const elsewhere: BackendName = inject("backend") === "cpu" ? "wasm" : "cpu";

describe(`a switch from ${inject("backend")} to ${elsewhere}`, () => {
  it("takes a model's weights along, to the bit, and back again", async () => {
    using model = smallModel();
    const before = await weightsOf(model);
    for (const name of [elsewhere, inject("backend")]) {
      await useBackend(name);
      const output = model.predict([[0.5]]);
      expect(Number.isFinite((await output.data())[0])).toBe(true);
      output.dispose();
      expect(await weightsOf(model)).toEqual(before);
    }
  });

  it("takes what an optimizer remembers along, and tensors of the user's", async () => {
    const run = async (names: readonly BackendName[]) => {
      await useBackend(inject("backend"));
      using model = smallModel();
      using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
      const data = [tf.tensor2d(x), tf.tensor2d(y)] as const;
      const losses: number[] = [];
      for (const name of names) {
        await useBackend(name);
        const { history } = await model.fit(...data, { ...options, optimizer, epochs: 1 });
        losses.push(...(history["loss"] as number[]));
      }
      tf.dispose([...data]);
      return losses;
    };
    const moved = await run([inject("backend"), elsewhere, inject("backend")]);
    const stayed = await run([inject("backend"), inject("backend"), inject("backend")]);
    // 1e-5: the backends round differently, over 24 steps. Lost momentum would show in the second digit.
    moved.forEach((loss, epoch) => expect(Math.abs(loss - (stayed[epoch] as number))).toBeLessThan(1e-5));
  });
});
