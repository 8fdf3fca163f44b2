import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { checkGradients, Sequential, trainStep } from "rivulet";
import { Dense, Dropout } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { TrainingPass } from "../../src/training-pass.ts";
import { expectClose } from "../support/expect-close.ts";
import { curve } from "../support/models.ts";
import { build, ThroughLayer } from "../support/through-layer.ts";

/** What a dropout layer makes of these samples in one training step. */
async function dropped(rate: number, samples: number[][], step = 0): Promise<number[][]> {
  const layer = build(new Dropout({ rate }), [samples[0]?.length ?? 0]);
  const output = tf.tidy(() => layer.forward(tf.tensor2d(samples), new TrainingPass(step)));
  try {
    return (await output.array()) as number[][];
  } finally {
    output.dispose();
  }
}

const twos = [
  [2, 2, 2, 2, 2, 2],
  [2, 2, 2, 2, 2, 2],
];

describe("Dropout", () => {
  it("drops the same inputs on every backend, to the bit, and scales the others up by 1 / (1 − p)", async () => {
    // 2 / (1 − 0.75) = 8; which are kept follows from the seed 0, the layer's place 0 and the step's number.
    expect(await dropped(0.75, twos)).toEqual([
      [8, 0, 8, 0, 0, 0],
      [0, 8, 8, 0, 8, 0],
    ]);
    expect(await dropped(0.75, twos, 1)).toEqual([
      [8, 0, 8, 0, 0, 0],
      [0, 0, 8, 0, 8, 0],
    ]);
    // 1 / 0.9 is no float32: the nearest is multiplied by, and not divided by 0.9, which GPUs round as they like.
    const kept = Math.fround(3 * Math.fround(1 / 0.9));
    const [row = []] = await dropped(0.1, [[3, 3, 3, 3, 3, 3, 3, 3]]);
    expect(row.filter((value) => value !== 0 && value !== kept)).toEqual([]);
    expect(row).toContain(kept);
  });

  it("is the identity in a prediction, and in training with a rate of 0", async () => {
    const x = [[1, -2, 3]];
    using model = new Sequential([new Dropout({ rate: 0.9 })], { inputShape: [3] });
    const output = model.predict(x);
    expect(await output.array()).toEqual(x);
    output.dispose();
    expect(await dropped(0, x)).toEqual(x);
  });

  it("keeps the mean, whatever the rate, the shape and the step", async () => {
    const shape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        shape,
        fc.double({ min: 0, max: 0.8, noNaN: true }),
        fc.nat(),
        async (inputShape, rate, step) => {
          const layer = build(new Dropout({ rate }), inputShape);
          const output = tf.tidy(() => layer.forward(tf.ones([500, ...inputShape]), new TrainingPass(step)));
          expect(output.shape).toEqual([500, ...inputShape]);
          const values = await output.data<"float32">();
          output.dispose();
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          // The variance of m / (1 − p) is p / (1 − p). Six standard deviations: once in 500 million.
          const deviation = Math.sqrt(rate / (1 - rate) / values.length);
          expect(Math.abs(mean - 1)).toBeLessThanOrEqual(6 * deviation + 1e-6);
        },
      ),
      { numRuns: 5 },
    );
  });

  it("has the gradient of central differences: what was dropped has none", async () => {
    using model = new ThroughLayer(new Dropout({ rate: 0.5 }), [[0.5, -1, 2, 0.25]], 3);
    const check = await checkGradients(model, [[0]], [[1, 1, 1, 1]], "meanSquaredError");
    expect(check.error).toBeLessThan(1e-3);
    expect(check.passed).toBe(true);
    const output = tf.tidy(() => model.forward());
    const values = [...(await output.data())];
    output.dispose();
    const gradient = check.parameters[0]?.automatic ?? [];
    expect(gradient.map((slope) => slope === 0)).toEqual(values.map((value) => value === 0));
    expect(values).toContain(0);
  });

  it("draws anew in each step of a model, and alike in a model of the same seed", async () => {
    const lossesOf = async () => {
      const layers = [new Dropout({ rate: 0.5 }), new Dense({ units: 1, kernelInitializer: "ones" })];
      using model = new Sequential(layers, { inputShape: [8], seed: 5 });
      // A learning rate that changes nothing: the losses differ by their masks alone.
      const optimizer = new SGD({ learningRate: 1e-30 });
      const steps = [1, 2].map(() =>
        trainStep(model, [[1, 2, 4, 8, 16, 32, 64, 128]], [[0]], { loss: "meanSquaredError", optimizer }),
      );
      const losses = await Promise.all(steps.map(async (loss) => (await loss.data())[0]));
      tf.dispose(steps);
      return losses;
    };
    const losses = await lossesOf();
    expect(losses[0]).not.toBe(losses[1]);
    expect(await lossesOf()).toEqual(losses);
  });

  it("trains to the same losses on every backend", async () => {
    const layers = [new Dense({ units: 8, activation: "tanh" }), new Dropout({ rate: 0.5 }), new Dense({ units: 1 })];
    using model = new Sequential(layers, { inputShape: [1], seed: 3 });
    const { x, y } = curve(12);
    const optimizer = new SGD({ learningRate: 0.1 });
    const { history } = await model.fit(x, y, { loss: "mse", optimizer, batchSize: 5, epochs: 3, verbose: 0 });
    // Read once on cpu in Node, and held since. 1e-6: nine steps of float32; a mask that differs shows at 1e-1.
    await expectClose(history["loss"] ?? NaN, [0.40435514, 0.14825184, 0.17323006]);
  });

  it("takes one input of one sample", async () => {
    expect([[0], [2]]).toContainEqual((await dropped(0.5, [[1]]))[0]);
  });

  it("names itself, what it expected and what came", () => {
    const dropout = build(new Dropout({ rate: 0.25 }), [3]);
    expect(String(dropout)).toBe("Dropout(0.25)");
    tf.tidy(() => {
      expect(() => dropout.forward(tf.zeros([4, 5]))).toThrow(
        "Dropout(0.25) expects input of shape [batch, 3], got [4, 5].",
      );
      expect(() => new Dropout({ rate: 0.5 }).forward(tf.zeros([1, 3]))).toThrow(
        "Dropout(0.5) has no input yet: it is built when a model takes the layer.",
      );
    });
  });

  it.each([1, -0.1, NaN, "0.5", undefined, null])("refuses a rate of %s", (rate) => {
    const shown = typeof rate === "string" ? `"${rate}"` : String(rate);
    expect(() => new Dropout({ rate: rate as number })).toThrow(
      `Dropout expects rate to be a number from 0 up to 1, 1 excluded, got ${shown}.`,
    );
  });

  it("reads what it writes, and refuses what is no rate, or drops in another shape", () => {
    const saved = new Dropout({ rate: 0.25 }).toSaved();
    expect(saved).toEqual({ className: "Dropout", config: { rate: 0.25, noise_shape: null, seed: null } });
    expect(Dropout.fromSaved(saved.config).toSaved()).toEqual(saved);
    expect(Dropout.fromSaved({ rate: 0.5, seed: 42 }).rate).toBe(0.5);
    expect(() => Dropout.fromSaved({})).toThrow(
      "Dropout expects rate to be a number from 0 up to 1, 1 excluded, got undefined.",
    );
    expect(() => Dropout.fromSaved({ rate: 1e308 })).toThrow("Dropout expects rate to be a number from 0 up to 1");
    expect(() => Dropout.fromSaved({ rate: 0.5, noise_shape: [null, 1] })).toThrow(
      'A saved Dropout holds "noise_shape": [null,1], which rivulet does not have.',
    );
  });
});
