import * as tf from "@tensorflow/tfjs-core";
import { useBackend, type BackendName } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { afterEach, describe, expect, inject, it } from "vitest";
import { flatNumbers } from "../../../src/nested-numbers.ts";
import { curve, smallModel, weightsOf } from "../../support/models.ts";

afterEach(async () => {
  await useBackend(inject("backend"));
});

const { x, y } = curve(64);
const options = { loss: "meanSquaredError", batchSize: 8, verbose: 0 } as const;

/** The one under test, then another, and back. */
const elsewhere: BackendName = inject("backend") === "cpu" ? "wasm" : "cpu";

describe(`a switch from ${inject("backend")} to ${elsewhere} in the midst of a fit`, () => {
  it("lets it go on where it was", async () => {
    const run = async (switchTo: BackendName) => {
      await useBackend(inject("backend"));
      using model = smallModel();
      using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
      const callbacks = [{ onBatchEnd: async (batch: number) => void (batch === 3 && (await useBackend(switchTo))) }];
      const { history } = await model.fit(x, y, { ...options, optimizer, epochs: 2, callbacks });
      return { loss: history["loss"] as number[], weights: flatNumbers(await weightsOf(model)) };
    };
    const moved = await run(elsewhere);
    expect(tf.getBackend()).toBe(elsewhere);
    const stayed = await run(inject("backend"));
    // 1e-5: the backends round differently, over 16 steps.
    const pairs = [moved, stayed].map(({ loss, weights }) => [...loss, ...weights]);
    pairs[0]?.forEach((value, index) => expect(Math.abs(value - (pairs[1]?.[index] as number))).toBeLessThan(1e-5));
  });

  it("that nobody awaits lets it go on too, while the other one loads", async () => {
    using model = smallModel();
    using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    let report: Promise<unknown> | undefined;
    const callbacks = [{ onBatchBegin: () => void (report ??= useBackend("wasm")) }];
    const { history } = await model.fit(x, y, { ...options, optimizer, epochs: 100, callbacks });
    expect(history["loss"]?.at(-1)).toBeLessThan(history["loss"]?.[0] as number);
    await report;
    expect(tf.getBackend()).toBe("wasm");
  });
});
