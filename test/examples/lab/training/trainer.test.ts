import * as tf from "@tensorflow/tfjs-core";
import { Sequential } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { HeardTrainer, parabola } from "../../../support/training-tasks.ts";

let heard: HeardTrainer;

beforeEach(() => {
  heard = new HeardTrainer();
});

afterEach(async () => {
  await heard.trainer.close();
});

/** What the library's own calls give for the same. */
async function fitDirectly(epochs: number): Promise<{ readonly loss: number[]; readonly valLoss: number[] }> {
  const { training, validation } = parabola();
  const layers = [4, 3].map((units) => new Dense({ units, activation: "tanh" }));
  using model = new Sequential([...layers, new Dense({ units: 1 })], { inputShape: [1], seed: 3 });
  using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
  const { history } = await model.fit(
    { values: training.x, shape: [12, 1] },
    { values: training.y, shape: [12, 1] },
    {
      loss: "meanSquaredError",
      optimizer,
      batchSize: 4,
      epochs,
      validationData: [
        { values: validation?.x ?? [], shape: [2, 1] },
        { values: validation?.y ?? [], shape: [2, 1] },
      ],
      verbose: 0,
    },
  );
  return { loss: history["loss"] ?? [], valLoss: history["val_loss"] ?? [] };
}

describe("the training owner", () => {
  it("shows the start, and trains nothing that nobody asked for", async () => {
    heard.open(parabola());
    const frame = await heard.held();
    expect(frame).toMatchObject({ step: 0, epoch: 0, columns: 8, running: { name: inject("backend") } });
    expect(frame.outputs).toHaveLength(3 * 8);
    expect(frame.lossNow).toBeGreaterThan(0);
    expect(frame.losses).toEqual({ epochs: [], training: [], validation: [] });
  });

  it("trains as the library's own calls do, to the bit, however it is held on the way", async () => {
    const direct = await fitDirectly(6);
    heard.open(parabola());
    await heard.held();
    for (const until of [1, 2, 3, 7, 18]) {
      heard.run(until);
      expect((await heard.held()).step).toBe(until);
    }
    const { losses, epoch, running, measured } = await heard.held();
    expect(epoch).toBe(6);
    expect(losses.epochs).toEqual([1, 2, 3, 4, 5, 6]);
    expect(losses.training).toEqual(direct.loss);
    expect(losses.validation).toEqual(direct.valLoss);
    expect(measured).toEqual({ loss: direct.loss[5], val_loss: direct.valLoss[5] });
    expect(running.steps).toMatchObject({ compiled: true, kernels: expect.any(Number) });
  });

  it("goes on from where a link says", async () => {
    heard.open(parabola(), 9);
    expect((await heard.held()).losses.training).toEqual((await fitDirectly(3)).loss);
  });

  it("begins anew from the same start", async () => {
    heard.open(parabola());
    const start = await heard.held();
    heard.run(6);
    await heard.held();
    heard.open(parabola());
    expect((await heard.held()).outputs).toEqual(start.outputs);
    heard.run(6);
    expect((await heard.held()).losses.training).toEqual((await fitDirectly(2)).loss);
  });

  it("holds where it stands when it is asked to", async () => {
    heard.open(parabola(), Infinity);
    await heard.hear((event) => event.kind === "frame" && event.frame.step > 0);
    heard.run(0);
    const { step } = await heard.held();
    heard.run(step + 1);
    expect((await heard.held()).step).toBe(step + 1);
  });

  it("trains the last of several tasks that are asked for at once", async () => {
    for (const seed of [4, 5, 6, 3]) heard.open(parabola({ seed }), 3);
    expect((await heard.held()).losses.training).toEqual((await fitDirectly(1)).loss);
    expect(heard.events.filter(({ turn }) => turn < 4)).toEqual([]);
  });

  it("learns classes, and says how many are right", async () => {
    const grid = Float32Array.of(-1, -1, 1, 1);
    const corners = Float32Array.of(-1, -1, 1, 1, 1, -1, -1, 1);
    const training = { count: 4, x: corners, y: Float32Array.of(0, 0, 1, 1) };
    const rule = { loss: "binaryCrossentropyFromLogits", optimizer: "adam", learningRate: 0.1 } as const;
    heard.open(parabola({ inputs: 2, training, validation: undefined, grid, hidden: [8], ...rule }), 40);
    const { measured, outputs, losses } = await heard.held();
    expect(measured["accuracy"]).toBe(1);
    expect(losses.validation).toEqual([]);
    // Probabilities of (−1, −1) and of (1, 1), both of class 0.
    for (const point of [0, 1]) expect(outputs[point * 9 + 8]).toBeLessThan(0.1);
    for (const point of [0, 1]) expect(outputs[point * 9 + 8]).toBeGreaterThanOrEqual(0);
  });

  it("says why a run diverged, and what to try", async () => {
    heard.open(parabola({ learningRate: 100, activation: "linear" }), Infinity);
    const { kind, message, largestStable } = await heard.fault();
    expect(kind).toBe("diverged");
    // An estimate by power iterations in float32, printed as 0.38: backends round it otherwise.
    expect(Math.abs((largestStable ?? NaN) - 0.38)).toBeLessThan(0.005);
    expect(message).toMatch(
      /^The loss became (NaN|Infinity) in epoch 0, batch 2 .* is too large: .* Try half of that rate\.$/,
    );
    heard.open(parabola(), 3);
    expect((await heard.held()).losses.training).toEqual((await fitDirectly(1)).loss);
  });

  it("says what cannot be trained as it is set, and goes on with another task", async () => {
    heard.open(parabola({ optimizer: "nesterov", momentum: 0 }));
    const { kind, message } = await heard.fault();
    expect(kind).toBe("other");
    expect(message).toBe(
      "SGD with nesterov expects momentum to be above 0, got 0. Nesterov looks ahead along the velocity: give a " +
        "momentum such as 0.9, or leave nesterov out.",
    );
    heard.open(parabola());
    expect((await heard.held()).step).toBe(0);
  });

  it("says why a backend did not start", async () => {
    heard.open(parabola({ backend: inject("backend") === "webgl" ? "tensorflow" : "webgl" }));
    expect(await heard.fault()).toMatchObject({
      kind: "start",
      message: expect.stringContaining(" does not run here:"),
    });
  });

  it("holds as many tensors after many steps as after some, and none in the end", async () => {
    const before = tf.memory().numTensors;
    heard.open(parabola(), 30);
    const { tensors } = await heard.held();
    heard.run(150);
    expect((await heard.held()).tensors).toBe(tensors);
    heard.open(parabola({ seed: 9 }), 30);
    expect((await heard.held()).tensors).toBe(tensors);
    heard.open(parabola(), Infinity);
    await heard.trainer.close();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("lets go of everything in the midst of a step's picture", async () => {
    const before = tf.memory().numTensors;
    heard.open(parabola(), Infinity);
    await heard.hear((event) => event.kind === "frame" && event.frame.step > 0);
    await heard.trainer.close();
    expect(tf.memory().numTensors).toBe(before);
  });
});
