import * as tf from "@tensorflow/tfjs-core";
import { Sequential } from "rivulet";
import { Dense } from "rivulet/layers";
import { Adam, SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { artifactsOf, copyOf, expectRefused, foreign, loadFrom } from "../../support/model-files.ts";
import { curve, smallModel, weightsOf } from "../../support/models.ts";
import { rules } from "../../support/rules.ts";

const { x, y } = curve(12);
const options = { loss: "mse", batchSize: 4, verbose: 0 } as const;

describe("training from a file", () => {
  it.each(rules)("goes on to the last bit with $name", async ({ make, rates }) => {
    const rate = { learningRate: rates.narrowBowl };
    using model = smallModel();
    using optimizer = make(rate);
    await model.fit(x, y, { ...options, optimizer, epochs: 2 });
    const file = copyOf(await artifactsOf(model, { optimizer }));
    using other = make(rate);
    using again = await loadFrom(file, { optimizer: other });
    const whole = await model.fit(x, y, { ...options, optimizer, epochs: 2 });
    const resumed = await again.fit(x, y, { ...options, optimizer: other, epochs: 2 });
    expect(resumed.history).toEqual(whole.history);
    expect(await weightsOf(again)).toEqual(await weightsOf(model));
  });

  it("differs without the optimizer's state, or without the count of epochs", async () => {
    using model = smallModel();
    using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    await model.fit(x, y, { ...options, optimizer, epochs: 2 });
    const file = copyOf(await artifactsOf(model, { optimizer }));
    const whole = await model.fit(x, y, { ...options, optimizer });
    using fresh = new SGD({ learningRate: 0.1, momentum: 0.9 });
    using withoutState = await loadFrom(file);
    expect((await withoutState.fit(x, y, { ...options, optimizer: fresh })).history).not.toEqual(whole.history);
    using other = new SGD({ learningRate: 0.1, momentum: 0.9 });
    using withoutCounts = await loadFrom(foreign(file), { optimizer: other });
    expect((await withoutCounts.fit(x, y, { ...options, optimizer: other })).history).not.toEqual(whole.history);
  });

  it("keeps the learning rate that is given, and starts a velocity that the file does not have at 0", async () => {
    using model = smallModel();
    using plain = new SGD({ learningRate: 0.1 });
    await model.fit(x, y, { ...options, optimizer: plain });
    using optimizer = new SGD({ learningRate: 0.5, momentum: 0.9 });
    using again = await loadFrom(copyOf(await artifactsOf(model, { optimizer: plain })), { optimizer });
    expect(optimizer.learningRate).toBe(0.5);
    const velocities = again.parameters.map((parameter) => optimizer.stateByName(parameter)["velocity"] as tf.Variable);
    for (const velocity of velocities) expect(new Set(await velocity.data())).toEqual(new Set([0]));
    expect([...optimizer.countsOf(again.parameters).values()]).toEqual([3, 3, 3, 3]);
  });

  it("is saved as it was at the call, while training goes on", async () => {
    using model = smallModel();
    using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    await model.fit(x, y, { ...options, optimizer });
    const before = await weightsOf(model);
    const saving = artifactsOf(model, { optimizer });
    await model.fit(x, y, { ...options, optimizer });
    using again = await loadFrom(await saving);
    expect(await weightsOf(again)).toEqual(before);
  });

  it("can start within a fit, from a callback", async () => {
    using model = smallModel();
    using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    const files: tf.io.ModelArtifacts[] = [];
    const keep = { onEpochEnd: async () => files.push(copyOf(await artifactsOf(model, { optimizer }))) };
    const whole = await model.fit(x, y, { ...options, optimizer, epochs: 3, callbacks: [keep] });
    using other = new SGD({ learningRate: 0.1, momentum: 0.9 });
    using again = await loadFrom(files[0], { optimizer: other });
    const resumed = await again.fit(x, y, { ...options, optimizer: other, epochs: 2 });
    expect(resumed.history["loss"]).toEqual(whole.history["loss"]?.slice(1));
  });

  it("keeps the history of the last fit, with losses that are not finite", async () => {
    using model = smallModel();
    using optimizer = new SGD();
    expect(model.history).toBeUndefined();
    const history = await model.fit(x, y, { ...options, optimizer, epochs: 2, metrics: ["mae"] });
    expect(model.history).toBe(history);
    history.history["val_loss"] = [NaN, Infinity];
    Object.assign(history, { findings: [{ kind: "standsStill", message: "The loss stands still.", first: 1 }] });
    using again = await loadFrom(copyOf(await artifactsOf(model)));
    expect(again.history).toEqual(history);
  });

  it("refuses a file without an optimizer, or with another, and leaves the given one as it was", async () => {
    using model = smallModel();
    using optimizer = new SGD({ momentum: 0.9 });
    await model.fit(x, y, { ...options, optimizer });
    using adam = new Adam();
    await expectRefused(
      loadFrom(await artifactsOf(model), { optimizer: adam }),
      "Cannot load the IOHandler: it holds no optimizer. Save it with model.save(target, { optimizer }), or load the model alone and start a new optimizer.",
    );
    const file = copyOf(await artifactsOf(model, { optimizer }));
    const refusal =
      'Cannot load the IOHandler: its optimizer is "SGD", not the Adam that was given. Give load one of that class, or none to go on with a new Adam.';
    await expectRefused(loadFrom(file, { optimizer: adam }), refusal);
    await expectRefused(loadFrom(foreign(file), { optimizer: adam }), refusal.replace("SGD", "Momentum"));
    // It still trains its own model.
    await model.fit(x, y, { ...options, optimizer: adam });
    adam.dispose();
    await expect(loadFrom(file, { optimizer: adam })).rejects.toThrow("This Adam was disposed. Make a new one.");
  });

  it("refuses to save what is disposed, and an optimizer with a function of the user's", async () => {
    const model = smallModel();
    await expect(artifactsOf(model, { optimizer: new SGD({ learningRate: () => 0.1 }) })).rejects.toThrow(
      "Cannot save to the IOHandler: SGD cannot be saved with a function of yours as its learning rate. Set learningRate to a number, or to one of schedules, first.",
    );
    using optimizer = new SGD();
    optimizer.dispose();
    await expect(artifactsOf(model, { optimizer })).rejects.toThrow("This SGD was disposed. Make a new one.");
    model.dispose();
    await expect(artifactsOf(model)).rejects.toThrow(
      "This model was disposed, and its weights are gone. Make a new one.",
    );
  });

  it("refuses to be within tf.tidy", async () => {
    using model = smallModel();
    const message = "is asynchronous and cannot run inside tf.tidy, which frees its tensors too soon. Call it outside.";
    const calls: Promise<unknown>[] = [];
    tf.tidy(() => {
      calls.push(artifactsOf(model), loadFrom({}));
    });
    await expect(calls[0]).rejects.toThrow(`save ${message}`);
    await expect(calls[1]).rejects.toThrow(`load ${message}`);
  });

  it("takes a network of one input, one unit and no bias", async () => {
    using model = new Sequential([new Dense({ units: 1, useBias: false })], { inputShape: [1], seed: -3 });
    using again = await loadFrom(copyOf(await artifactsOf(model)));
    expect(again.seed).toBe(-3);
    expect(await weightsOf(again)).toEqual(await weightsOf(model));
  });
});
