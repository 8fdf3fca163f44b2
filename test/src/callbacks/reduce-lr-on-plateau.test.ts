import { HyperparameterError, ReduceLROnPlateau, schedules } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { oneWeight } from "../../support/models.ts";
import { watchedRun } from "../../support/watched-run.ts";

async function ratesAfter(callback: ReduceLROnPlateau, values: readonly number[]): Promise<number[]> {
  using model = oneWeight();
  const optimizer = new SGD({ learningRate: 1 });
  const rates: number[] = [];
  await watchedRun(callback, "val_loss", values, { model, optimizer }, () => rates.push(optimizer.learningRate));
  return rates;
}

const standing = [1, ...Array.from({ length: 11 }, () => 0.9)];

describe("ReduceLROnPlateau", () => {
  it("halves the rate after every two epochs without improvement", async () => {
    const rates = await ratesAfter(new ReduceLROnPlateau({ patience: 2, factor: 0.5 }), standing);
    expect(rates).toEqual([1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125, 0.0625, 0.0625, 0.03125]);
  });

  it("waits while it cools down, and stops at the smallest rate", async () => {
    const reduce = new ReduceLROnPlateau({ patience: 2, factor: 0.5, cooldown: 2, minLearningRate: 0.3 });
    // Down after epoch 3. Cooldown 2 → 1 in epoch 4, → 0 in epoch 5, which counts again: Keras counts it so.
    expect(await ratesAfter(reduce, standing)).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3]);
  });

  it("takes less than 1e-4 better for no improvement", async () => {
    const rates = await ratesAfter(new ReduceLROnPlateau({ patience: 1 }), [1, 0.99995, 0.9998]);
    expect(rates).toEqual([1, 0.1, 0.1]);
  });

  it("leaves a rate that would be 0 in float32, so that the run goes on", async () => {
    // 1e-23, then 1e-46, below the smallest float32, 1.4e-45.
    const rates = await ratesAfter(new ReduceLROnPlateau({ patience: 0, factor: 1e-23 }), [1, 1, 1, 1]);
    expect(rates).toEqual([1, 1e-23, 1e-23, 1e-23]);
  });

  it("refuses to replace a schedule", async () => {
    using model = oneWeight();
    const optimizer = new SGD({ learningRate: schedules.constant(0.1) });
    await expect(watchedRun(new ReduceLROnPlateau(), "val_loss", [1], { model, optimizer })).rejects.toThrow(
      "ReduceLROnPlateau expects the learning rate to be a number, got",
    );
  });

  it.each([
    [{ factor: 1 }, "ReduceLROnPlateau expects factor to be between 0 and 1, both excluded, got 1."],
    [{ factor: NaN }, "ReduceLROnPlateau expects factor to be between 0 and 1, both excluded, got NaN."],
    [{ patience: -1 }, "ReduceLROnPlateau expects patience to be a whole number, 0 or more, got -1."],
    [{ cooldown: 0.5 }, "ReduceLROnPlateau expects cooldown to be a whole number, 0 or more, got 0.5."],
    [{ minLearningRate: -1 }, "ReduceLROnPlateau expects minLearningRate to be a number, 0 or more, got -1."],
    [{ min_lr: 1 }, 'ReduceLROnPlateau has no option "min_lr".'],
  ])("%j is refused", (options, message) => {
    const make = () => new ReduceLROnPlateau(options as object);
    expect(make).toThrow(HyperparameterError);
    expect(make).toThrow(message);
  });
});
