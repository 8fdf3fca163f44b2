import { HyperparameterError, type FitOptions } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { curve, oneWeight, smallModel, weightsOf } from "../support/models.ts";

const options = (more: Partial<FitOptions> = {}) =>
  ({ loss: "meanSquaredError", verbose: 0, optimizer: new SGD({ learningRate: 0.1 }), ...more }) as const;

const { x, y } = curve(8);

describe("sampleWeight", () => {
  it("weighs each sample's loss and gradient, and divides by the number of samples", async () => {
    using model = oneWeight();
    // ŷ = x w at w = 1, weights 1 and 0.5: C = (1 · (1 − 0)² + 0.5 · (1 + 2)²) / 2 = 2.75,
    // ∂C/∂w = (2 · 1 · 1 + 0.5 · 2 · 3) / 2 = 2.5, w ← 1 − 0.1 · 2.5 = 0.75.
    const { history } = await model.fit([[1], [1]], [[0], [-2]], options({ sampleWeight: [1, 0.5] }));
    expect(history["loss"]).toEqual([2.75]);
    expect(await weightsOf(model)).toEqual([[[0.75]]]);
  });

  it("goes with its samples through the shuffle and the split", async () => {
    using model = smallModel();
    using other = smallModel();
    // What is weighed by 0 may be anything.
    const weights = [1, 0, 1, 1, 0, 1, 1, 0];
    const spoilt = y.map(([value = 0], index) => [weights[index] === 0 ? 100 : value]);
    const more = { epochs: 3, batchSize: 2, sampleWeight: weights, validationSplit: 0.25 };
    const { history } = await model.fit(x, spoilt, options(more));
    const expected = await other.fit(x, y, options(more));
    expect(await weightsOf(model)).toEqual(await weightsOf(other));
    expect(history).toEqual(expected.history);
  });

  it("of 1 everywhere changes nothing but the rounding, and metrics are not weighed", async () => {
    using model = smallModel();
    const weighed = await model.evaluate(x, y, { loss: "mse", metrics: ["mae"], sampleWeight: Array(8).fill(1) });
    const plain = await model.evaluate(x, y, { loss: "mse", metrics: ["mae"] });
    const halved = await model.evaluate(x, y, { loss: "mse", metrics: ["mae"], sampleWeight: Array(8).fill(0.5) });
    expect(weighed["loss"]).toBeCloseTo(plain["loss"] ?? NaN, 6);
    expect(halved["loss"]).toBeCloseTo((plain["loss"] ?? NaN) / 2, 6);
    expect(halved["mae"]).toBe(plain["mae"]);
  });

  it("weighs validation samples by weights of their own", async () => {
    using model = oneWeight();
    const optimizer = new SGD({ learningRate: 1e-12 });
    const validationData = [
      [[1], [1]],
      [[0], [-2]],
      [1, 0.5],
    ] as const;
    const { history } = await model.fit([[1]], [[0]], options({ optimizer, validationData }));
    expect(history["val_loss"]).toEqual([2.75]);
  });

  it("of the validation is named as that", async () => {
    using model = smallModel();
    const fit = model.fit(x, y, options({ validationData: [x, y, [1, 2]] }));
    await expect(fit).rejects.toThrow(
      "fit expects validationData's sampleWeight of shape [8], got [2]. Give each sample one number.",
    );
  });

  it("of 0 for a whole batch of a stream takes nothing from it, and a wrong one is named by its batch", async () => {
    using model = oneWeight();
    const unweighed = [[[1]], [[100]], [0]] as const;
    const { history } = await model.fit(() => [unweighed, [[[1]], [[0]]] as const], options());
    // (0 · 99² + 1²) / 2.
    expect(history["loss"]).toEqual([0.5]);
    const wrong = [[[1]], [[0]], [-1]] as const;
    await expect(model.fit(() => [unweighed, wrong], options())).rejects.toThrow(
      "batch 1's sampleWeight holds -1 at row 0. A weight is 0 or more.",
    );
  });

  it.each([
    [[1, 2], "fit expects sampleWeight of shape [8], got [2]. Give each sample one number."],
    [x, "fit expects sampleWeight of shape [8], got [8, 1]. Give each sample one number."],
    [[1, 1, 1, -1, 1, 1, 1, 1], "sampleWeight holds -1 at row 3. A weight is 0 or more."],
    [[1, NaN, 1, 1, 1, 1, 1, 1], "sampleWeight holds NaN at row 1."],
    [[0, 0, 0, 0, 0, 0, 0, 0], "sampleWeight is 0 for every sample, so there is nothing to learn. Weigh some above 0."],
  ])("%j is refused", async (sampleWeight, message) => {
    using model = smallModel();
    await expect(model.fit(x, y, options({ sampleWeight }))).rejects.toThrow(message);
  });

  it("by class is refused where every sample's is 0", async () => {
    using model = smallModel();
    const fit = model.fit([[0], [1]], [[1], [1]], options({ classWeight: { 1: 0 } }));
    await expect(fit).rejects.toThrow(
      "classWeight is 0 for every sample, so there is nothing to learn. Weigh some above 0.",
    );
  });

  it("is refused with a loss that would not look at it", async () => {
    using model = smallModel();
    const { losses } = await import("rivulet");
    const loss: FitOptions["loss"] = (target, prediction) => losses.meanSquaredError(target, prediction);
    const fit = model.fit(x, y, options({ loss, sampleWeight: Array(8).fill(1) }));
    await expect(fit).rejects.toThrow(HyperparameterError);
    await expect(fit).rejects.toThrow(
      "fit with sampleWeight expects loss to be a loss with a third parameter, the weights, got",
    );
  });
});
