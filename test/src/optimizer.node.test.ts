import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import { trainStep } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it, vi } from "vitest";
import { curve, smallModel } from "../support/models.ts";

describe("Optimizer", () => {
  it("frees its state when nobody holds it any more", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    using model = smallModel();
    const before = tf.memory().numTensors;
    // Made in place, as most calls of fit make theirs.
    const { x, y } = curve(8);
    trainStep(model, x, y, { loss: "meanSquaredError", optimizer: new SGD({ momentum: 0.9 }) }).dispose();
    expect(tf.memory().numTensors).toBe(before + 4);
    const collected = () => {
      collect();
      expect(tf.memory().numTensors).toBe(before);
    };
    // The engine chooses when to tell of a collection: on a busy machine it may take several.
    await vi.waitFor(collected, { timeout: 20_000 });
  }, 30_000);
});
