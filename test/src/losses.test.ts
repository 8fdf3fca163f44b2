import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { losses, meanAbsoluteError, meanSquaredError, type NestedNumbers } from "rivulet";
import { describe, expect, it } from "vitest";
import { resolveLoss, type Loss } from "../../src/losses.ts";
import { flatNumbers } from "../../src/nested-numbers.ts";
import { expectClose } from "../support/expect-close.ts";
import { lossAt } from "../support/loss-at.ts";

interface Example {
  readonly target: NestedNumbers;
  readonly prediction: number[][];
}

const numbers = {
  target: [
    [0.5, -1],
    [2, 0],
    [1, 3],
  ],
  prediction: [
    [0.3, 1.2],
    [-0.7, 0.25],
    [1.5, 2],
  ],
};
const fractions = {
  target: [
    [0, 1],
    [1, 0.25],
    [0, 0],
  ],
  prediction: [
    [0.3, 0.75],
    [0.6, 0.25],
    [0.2, 0.7],
  ],
};
const distributions = {
  target: [
    [0, 1, 0],
    [0.5, 0.25, 0.25],
    [1, 0, 0],
  ],
  prediction: [
    [0.3, 0.5, 0.2],
    [0.5, 0.2, 0.3],
    [2, 2, 5],
  ],
};
const labels = { ...distributions, target: [[1], [2], [0]] };

/** Of each loss, targets as it wants them and predictions away from its bends and clips. */
const examples: Record<Exclude<keyof typeof losses, "mse" | "mae">, Example> = {
  meanSquaredError: numbers,
  meanAbsoluteError: numbers,
  huber: numbers,
  binaryCrossentropy: fractions,
  binaryCrossentropyFromLogits: { ...fractions, prediction: numbers.prediction },
  categoricalCrossentropy: distributions,
  categoricalCrossentropyFromLogits: distributions,
  sparseCategoricalCrossentropy: labels,
  sparseCategoricalCrossentropyFromLogits: labels,
};

const cases = Object.entries(examples).map(([name, example]): [string, Loss, Example] => [
  name,
  losses[name as keyof typeof examples],
  example,
]);

/** A few runs each: a kernel takes milliseconds on a GPU in software. */
const runs = { numRuns: 8 };

/** Weights in quarters, exact in float32. */
const someWeights = fc
  .array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 3 })
  .map((quarters) => quarters.map((quarter) => quarter / 4));

const pick = <Row>(rows: readonly Row[], order: readonly number[]): Row[] => order.map((row) => rows[row] as Row);

describe("losses", () => {
  it("takes the mean square over all elements, as Keras does", async () => {
    // (1 + 4 + 9 + 16) / 4
    const target = [
      [0, 0],
      [0, 0],
    ];
    const prediction = [
      [1, 2],
      [3, 4],
    ];
    expect((await lossAt(meanSquaredError, target, prediction)).value).toBe(7.5);
    // (1 + 2 + 3 + 4) / 4
    expect((await lossAt(meanAbsoluteError, target, prediction)).value).toBe(2.5);
  });

  it("has Keras's short names for them", () => {
    expect(losses.mse).toBe(meanSquaredError);
    expect(losses.mae).toBe(meanAbsoluteError);
  });

  it("suggests the name that it has for a name that it has not", () => {
    expect(() => resolveLoss("binaryCrossEntropy" as "mse")).toThrow(
      'There is no loss "binaryCrossEntropy". Did you mean "binaryCrossentropy"? Known: ' +
        `${Object.keys(losses).join(", ")}.`,
    );
  });

  it.each(cases)("%s has the gradient of central differences, weighted too", async (_, loss, example) => {
    const { target, prediction } = example;
    // In a direction in which no element moves as another does: one wrong slope shows.
    const direction = prediction.map((row, index) => row.map((__, column) => (1 + index) * (column - 0.6)));
    const h = 1e-2 / Math.hypot(...direction.flat());
    const moved = (by: number) => prediction.map((row, i) => row.map((a, j) => a + by * (direction[i]?.[j] ?? NaN)));
    for (const weights of [undefined, [1, 0, 2.5]]) {
      const [after, before] = [
        await lossAt(loss, target, moved(h), weights),
        await lossAt(loss, target, moved(-h), weights),
      ];
      const { slope } = await lossAt(loss, target, prediction, weights);
      const expected = flatNumbers(slope).reduce(
        (sum, part, index) => sum + part * (direction.flat()[index] as number),
        0,
      );
      // 1e-3: the losses round at 1e-7, which is divided by 2 h; what is left of them is of order h².
      await expectClose((after.value - before.value) / (2 * h), expected, 1e-3);
    }
  });

  it.each(cases)("%s is never below 0", async (name, loss, { target, prediction }) => {
    await fc.assert(
      fc.asyncProperty(someWeights, fc.integer({ min: 1, max: 16 }), async (weights, stretch) => {
        const isProbability = name.includes("rossentropy") && !name.endsWith("Logits");
        const moved = prediction.map((row) => row.map((value) => (isProbability ? value / stretch : value * stretch)));
        const { value } = await lossAt(loss, target, moved, weights);
        expect(value).toBeGreaterThanOrEqual(0);
      }),
      runs,
    );
  });

  it.each(cases)("%s divides by the number of samples, not by the sum of their weights", async (_, loss, example) => {
    const { target, prediction } = example;
    const rows = target as NestedNumbers[];
    const each = await Promise.all(
      prediction.map(async (row, index) => (await lossAt(loss, [rows[index] ?? 0], [row])).value),
    );
    await fc.assert(
      fc.asyncProperty(someWeights, async (weights) => {
        const sum = each.reduce((total, value, index) => total + (weights[index] as number) * value, 0);
        const { value } = await lossAt(loss, target, prediction, weights);
        // 2e-6: sums of up to nine float32 logarithms.
        await expectClose(value, sum / each.length, 2e-6);
      }),
      runs,
    );
  });

  it.each(cases)("%s is the same with weights of 1, and in any order of the samples", async (_, loss, example) => {
    const { target, prediction } = example;
    const { value, slope } = await lossAt(loss, target, prediction);
    const order = [2, 0, 1];
    const weighted = await lossAt(loss, target, prediction, [1, 1, 1]);
    const reordered = await lossAt(loss, pick(target as NestedNumbers[], order), pick(prediction, order));
    await expectClose(weighted.value, value);
    await expectClose(weighted.slope, slope);
    await expectClose(reordered.value, value);
    await expectClose(reordered.slope, pick(slope as NestedNumbers[], order));
  });

  it.each(cases)("%s takes sample weights, and says so by its number of parameters", (_, loss) => {
    expect(loss.length).toBe(3);
  });

  it.each(cases)("%s refuses other weights than one for each sample", async (name, loss, { target, prediction }) => {
    for (const [weights, shape] of [
      [[1, 2], "[2]"],
      [[1], "[1]"],
    ] as const) {
      await expect(lossAt(loss, target, prediction, weights)).rejects.toThrow(
        `${name} expects sampleWeights of shape [3], got ${shape}. Give each sample one weight.`,
      );
    }
  });

  it.each(cases.filter(([name]) => !/ategorical/.test(name)))("%s refuses to broadcast", (name, loss) => {
    tf.tidy(() => {
      expect(() => loss(tf.zeros([4]), tf.zeros([4, 1]))).toThrow(
        `${name} expects a target of shape [4, 1], got [4]. Give the target the prediction's shape.`,
      );
    });
  });
});
