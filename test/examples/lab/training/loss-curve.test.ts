import { describe, expect, it } from "vitest";
import { LossCurve } from "../../../../examples/lab/training/loss-curve.ts";

describe("the losses of many epochs", () => {
  it("are all there while they are few", () => {
    const curve = new LossCurve();
    curve.add(1, 0.5, 0.6);
    curve.add(2, 0.25, 0.3);
    expect(curve.points).toEqual({ epochs: [1, 2], training: [0.5, 0.25], validation: [0.6, 0.3] });
  });

  it("are empty where nothing is validated", () => {
    const curve = new LossCurve();
    curve.add(1, 0.5, undefined);
    expect(curve.points).toEqual({ epochs: [1], training: [0.5], validation: [] });
  });

  it("are thinned out evenly as they become many, with the last one always there", () => {
    const curve = new LossCurve();
    for (let epoch = 1; epoch <= 10_001; epoch++) curve.add(epoch, 1 / epoch, 2 / epoch);
    const { epochs, training, validation } = curve.points;
    expect(epochs.length).toBeGreaterThan(300);
    expect(epochs.length).toBeLessThanOrEqual(601);
    expect(epochs.slice(0, 3)).toEqual([32, 64, 96]);
    expect(epochs.slice(-2)).toEqual([9984, 10_001]);
    expect(training).toEqual(epochs.map((epoch) => 1 / epoch));
    expect(validation).toEqual(epochs.map((epoch) => 2 / epoch));
  });
});
