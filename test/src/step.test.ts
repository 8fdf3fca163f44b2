import * as tf from "@tensorflow/tfjs-core";
import { HyperparameterError, losses, trainStep, type Data, type Loss, type Sequential } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { expectClose } from "../support/expect-close.ts";
import { oneWeight, weightsOf } from "../support/models.ts";

const weightOf = (model: Sequential) => model.parameters[0] as tf.Variable;

describe("trainStep", () => {
  it("returns the loss before the update, and updates", async () => {
    using model = oneWeight();
    // ŷ = 2 for y = 0: loss 4, gradient 2 · 2 · 2 = 8, w = 1 − 0.1 · 8.
    const loss = trainStep(model, [[2]], [[0]], { loss: "mse", optimizer: new SGD({ learningRate: 0.1 }) });
    await expectClose(loss, 4);
    await expectClose(weightOf(model), [[0.2]]);
    loss.dispose();
  });

  it("changes nothing where it refuses", async () => {
    using model = oneWeight();
    const step = (x: number[][], y: number[][]) => trainStep(model, x, y, { loss: "mse", optimizer: new SGD() });
    expect(() => step([[1, 2]], [[0]])).toThrow("Dense(1 → 1) expects input of shape [batch, 1], got [1, 2].");
    expect(() => step([[1]], [[0], [0]])).toThrow(
      "trainStep expects as many targets as inputs, got y of shape [2, 1] for x of shape [1, 1].",
    );
    expect(() => step([[NaN]], [[0]])).toThrow("x holds NaN at row 0, column 0.");
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });
});

describe("trainStep with sampleWeight", () => {
  const step = (model: Sequential, sampleWeight: Data, loss: Loss | "mse" = "mse") =>
    trainStep(model, [[1], [1]], [[0], [-2]], { loss, optimizer: new SGD({ learningRate: 0.1 }), sampleWeight });

  it.each(["an array", "a tensor"])("weighs each sample as fit does, by %s", async (kind) => {
    using model = oneWeight();
    const weights = kind === "a tensor" ? tf.tensor1d([1, 0.5]) : [1, 0.5];
    // ŷ = x w at w = 1, weights 1 and 0.5: C = (1 · (1 − 0)² + 0.5 · (1 + 2)²) / 2 = 2.75,
    // ∂C/∂w = (2 · 1 · 1 + 0.5 · 2 · 3) / 2 = 2.5, w ← 1 − 0.1 · 2.5 = 0.75.
    const loss = step(model, weights);
    await expectClose(loss, 2.75);
    await expectClose(weightOf(model), [[0.75]]);
    tf.dispose([loss, weights]);
  });

  it.each([
    [[1, 2, 3], "trainStep expects sampleWeight of shape [2], got [3]. Give each sample one number."],
    [[[1], [2]], "trainStep expects sampleWeight of shape [2], got [2, 1]. Give each sample one number."],
    [[1, -1], "sampleWeight holds -1 at row 1. A weight is 0 or more."],
    [
      [1, NaN],
      "sampleWeight holds NaN at row 1. Drop that row, or fill in a number (float32 ends at 3.4e38), before training.",
    ],
    [[0, 0], "sampleWeight is 0 for every sample, so there is nothing to learn. Weigh some above 0."],
  ])("refuses %j, and changes nothing", async (weights, message) => {
    using model = oneWeight();
    expect(() => step(model, weights)).toThrow(message);
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });

  it("refuses a tensor of another shape, or one that was disposed", () => {
    using model = oneWeight();
    const column = tf.tensor2d([[1], [1]]);
    expect(() => step(model, column)).toThrow("trainStep expects sampleWeight of shape [2], got [2, 1].");
    column.dispose();
    const gone = tf.tensor1d([1, 1]);
    gone.dispose();
    expect(() => step(model, gone)).toThrow("sampleWeight is a tensor that was disposed. Make it anew.");
  });

  it("refuses weights with a loss that would not look at them", () => {
    using model = oneWeight();
    const loss: Loss = (target, prediction) => losses.meanSquaredError(target, prediction);
    expect(() => step(model, [1, 1], loss)).toThrow(HyperparameterError);
    expect(() => step(model, [1, 1], loss)).toThrow(
      "trainStep with sampleWeight expects loss to be a loss with a third parameter, the weights, got",
    );
  });
});
