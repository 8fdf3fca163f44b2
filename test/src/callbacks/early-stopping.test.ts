import { EarlyStopping, HyperparameterError } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { curve, oneWeight, smallModel, weightsOf } from "../../support/models.ts";
import { watchedRun } from "../../support/watched-run.ts";

const quiet = { loss: "meanSquaredError", verbose: 0 } as const;

describe("EarlyStopping", () => {
  it.each([
    [2, 3, 1, 0.9],
    [3, 7, 4, 0.85],
    [20, undefined, 4, 0.85],
  ])("with patience %i stops after epoch %s, its best epoch %i at %d", async (patience, stopped, bestEpoch, best) => {
    using model = oneWeight();
    const stopping = new EarlyStopping({ patience });
    const values = [1, 0.9, 0.95, 0.9, 0.85, 0.86, 0.87, 0.88];
    const epochs = await watchedRun(stopping, "val_loss", values, { model, optimizer: new SGD() });
    expect(stopping).toMatchObject({ stoppedEpoch: stopped, bestEpoch, best });
    expect(epochs).toBe((stopped ?? 7) + 1);
  });

  it("gives the best epoch's weights back, also where nothing stopped early", async () => {
    using model = oneWeight();
    const stopping = new EarlyStopping({ patience: 20, restoreBestWeights: true });
    model.setWeights([[[0]]]);
    const after = (epoch: number) => model.setWeights([[[epoch + 1]]]);
    await watchedRun(stopping, "val_loss", [1, 0.9, 0.95], { model, optimizer: new SGD() }, after);
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });

  it("keeps the last weights unless asked", async () => {
    using model = oneWeight();
    const after = (epoch: number) => model.setWeights([[[epoch + 1]]]);
    const runs = { model, optimizer: new SGD() };
    await watchedRun(new EarlyStopping({ patience: 20 }), "val_loss", [1, 0.9, 0.95], runs, after);
    expect(await weightsOf(model)).toEqual([[[3]]]);
  });

  it("takes a NaN for no improvement, also in the first epoch", async () => {
    using model = oneWeight();
    const stopping = new EarlyStopping({ patience: 2 });
    await watchedRun(stopping, "val_loss", [NaN, 5, NaN, 4, NaN, NaN, 1], { model, optimizer: new SGD() });
    expect(stopping).toMatchObject({ stoppedEpoch: 5, bestEpoch: 3, best: 4 });
  });

  it("takes a large accuracy for good, and asks for more than minDelta", async () => {
    using model = oneWeight();
    const stopping = new EarlyStopping({ monitor: "val_accuracy", patience: 1, minDelta: 0.1 });
    await watchedRun(stopping, "val_accuracy", [0.5, 0.7, 0.75, 0.9], { model, optimizer: new SGD() });
    expect(stopping).toMatchObject({ stoppedEpoch: 2, bestEpoch: 1, best: 0.7 });
  });

  it("begins anew in another run", async () => {
    using model = oneWeight();
    const stopping = new EarlyStopping();
    await watchedRun(stopping, "val_loss", [1, 2], { model, optimizer: new SGD() });
    await watchedRun(stopping, "val_loss", [3], { model, optimizer: new SGD() });
    expect(stopping).toMatchObject({ stoppedEpoch: undefined, bestEpoch: 0, best: 3 });
  });

  it("ends a fit, whose history has the epochs that there were", async () => {
    using model = smallModel();
    const { x, y } = curve(16);
    const stopping = new EarlyStopping({ monitor: "loss", patience: 2, minDelta: 1, restoreBestWeights: true });
    const after: unknown[] = [];
    const watch = { onEpochEnd: async () => void after.push(await weightsOf(model)) };
    const options = { ...quiet, optimizer: new SGD(), epochs: 50, callbacks: [stopping, watch] };
    const { epoch } = await model.fit(x, y, options);
    expect(epoch).toEqual([0, 1, 2]);
    expect(await weightsOf(model)).toEqual(after[0]);
  });

  it("refuses to watch what the run does not measure", async () => {
    using model = smallModel();
    const { x, y } = curve(16);
    const fitWith = async (stopping: EarlyStopping) =>
      model.fit(x, y, { ...quiet, optimizer: new SGD(), metrics: ["mae"], callbacks: [stopping] });
    await expect(fitWith(new EarlyStopping())).rejects.toThrow(
      'EarlyStopping monitors "val_loss", but this run measures loss, mae. Give fit validationData or a validationSplit, or monitor another.',
    );
    await expect(fitWith(new EarlyStopping({ monitor: "accuracy" }))).rejects.toThrow(
      'EarlyStopping monitors "accuracy", but this run measures loss, mae.',
    );
  });

  it.each([
    [{ patience: -1 }, "EarlyStopping expects patience to be a whole number, 0 or more, got -1."],
    [{ patience: 1.5 }, "EarlyStopping expects patience to be a whole number, 0 or more, got 1.5."],
    [{ minDelta: NaN }, "EarlyStopping expects minDelta to be a number, 0 or more, got NaN."],
    [{ mode: "least" }, 'EarlyStopping expects mode to be "min" or "max", got "least".'],
    [{ monitor: 3 }, 'EarlyStopping expects monitor to be a name such as "val_loss", got 3.'],
    [{ restoreBestWeights: 1 }, "EarlyStopping expects restoreBestWeights to be true or false, got 1."],
    [{ patienc: 1 }, 'EarlyStopping has no option "patienc". Did you mean "patience"?'],
  ])("%j is refused", (options, message) => {
    const make = () => new EarlyStopping(options as object);
    expect(make).toThrow(HyperparameterError);
    expect(make).toThrow(message);
  });
});
