import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
} from "../../../src/losses/categorical-crossentropy.ts";
import type { Loss } from "../../../src/losses.ts";
import { expectClose } from "../../support/expect-close.ts";
import { lossAt } from "../../support/loss-at.ts";

const softmax = (z: readonly number[]) => {
  const powers = z.map((value) => Math.exp(value));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

describe("categoricalCrossentropy", () => {
  it("divides rows by their sums", async () => {
    // −ln 0.5 and −ln 0.25
    const rows = [
      [0, 1, 0],
      [1, 0, 0],
    ];
    const { value } = await lossAt(categoricalCrossentropy, rows, [
      [1, 4, 3],
      [0.1, 0.2, 0.1],
    ]);
    await expectClose(value, (Math.LN2 + Math.log(4)) / 2);
  });

  it("is cut off at ε, and has no gradient there", async () => {
    const { value, slope } = await lossAt(categoricalCrossentropy, [[1, 0]], [[0, 1]]);
    // −ln 1e-7
    await expectClose(value, 16.11809565);
    expect(slope).toEqual([[0, 0]]);
  });

  it("counts the axes between samples and classes as samples", async () => {
    // −ln 0.5, −ln 0.25, −ln 0.5, −ln 0.75, weighted 1 and 3
    const target = [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ];
    const prediction = [
      [
        [0.5, 0.5],
        [0.75, 0.25],
      ],
      [
        [0.5, 0.5],
        [0.75, 0.25],
      ],
    ];
    const { value } = await lossAt(categoricalCrossentropy, target, prediction, [1, 3]);
    await expectClose(value, (Math.log(2) + Math.log(4) + 3 * (Math.log(2) - Math.log(0.75))) / 4);
  });
});

describe.each([
  [
    "categoricalCrossentropyFromLogits",
    categoricalCrossentropyFromLogits,
    [
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
    ],
  ],
  ["sparseCategoricalCrossentropyFromLogits", sparseCategoricalCrossentropyFromLogits, [0, 0, 1]],
] as const satisfies readonly (readonly [string, Loss, unknown])[])("%s", (_, loss, target) => {
  it("is finite at ±1000, and so is its gradient, softmax(z) − y", async () => {
    const { value, slope } = await lossAt(loss, target, [
      [-1000, 1000, 0],
      [1000, -1000, 0],
      [1000, 1000, -1000],
    ]);
    // (2000 + 0 + ln 2) / 3
    await expectClose(value, (2000 + Math.LN2) / 3);
    await expectClose(slope, [
      [-1 / 3, 1 / 3, 0],
      [0, 0, 0],
      [1 / 6, -1 / 6, 0],
    ]);
  });
});

describe("sparse forms", () => {
  it("are the categorical ones of one-hot rows, whether labels are [batch] or [batch, 1]", async () => {
    const label = fc.integer({ min: 0, max: 3 });
    const eighths = fc.integer({ min: -40, max: 40 }).map((value) => value / 8);
    const row = fc.array(eighths, { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(label, row), { minLength: 1, maxLength: 4 }), async (samples) => {
        const logits = samples.map(([, z]) => z);
        const probabilities = logits.map(softmax);
        const oneHot = samples.map(([wanted]) => [0, 1, 2, 3].map((index) => (index === wanted ? 1 : 0)));
        const list = samples.map(([wanted]) => wanted);
        const column = list.map((wanted) => [wanted]);
        const weights = list.map((wanted) => wanted / 2);
        const pairs = [
          [categoricalCrossentropy, sparseCategoricalCrossentropy, probabilities],
          [categoricalCrossentropyFromLogits, sparseCategoricalCrossentropyFromLogits, logits],
        ] as const;
        const values: number[] = [];
        for (const [dense, sparse, prediction] of pairs) {
          const expected = await lossAt(dense, oneHot, prediction, weights);
          values.push(expected.value);
          for (const target of [list, column]) {
            const actual = await lossAt(sparse, target, prediction, weights);
            expect(actual).toEqual(expected);
          }
        }
        // 1e-4: the least probability is e⁻¹⁰ / 4, and float32's rounding of what stands beside it moves it a little.
        await expectClose(values[1] as number, values[0] as number, 1e-4);
      }),
      { numRuns: 8 },
    );
  });

  it.each([
    [
      [4, 3],
      [4, 3],
      "expects a target of shape [4] or [4, 1], got [4, 3]. These look one-hot: take categoricalCrossentropy, or another form that is not sparse.",
    ],
    [
      [3],
      [4, 3],
      "expects a target of shape [4] or [4, 1], got [3]. Give each sample one label, the number of its class.",
    ],
    [
      [4],
      [4, 1],
      "expects a prediction of shape [batch, classes] with 2 classes or more, got [4, 1]. Give the last layer a unit for each class; for two classes in one unit take binaryCrossentropy.",
    ],
    [[4], [4, 2, 2], "expects a prediction of shape [batch, classes] with 2 classes or more, got [4, 2, 2]."],
  ])("refuse targets %j for a prediction %j", (target, prediction, message) => {
    tf.tidy(() => {
      for (const [name, loss] of Object.entries({
        sparseCategoricalCrossentropy,
        sparseCategoricalCrossentropyFromLogits,
      })) {
        expect(() => loss(tf.zeros(target), tf.zeros(prediction))).toThrow(`${name} ${message}`);
      }
    });
  });
});

describe("categorical forms", () => {
  it.each([
    [
      [4],
      [4, 3],
      "expects a target of shape [4, 3], got [4]. These look like labels: take sparseCategoricalCrossentropy, or another sparse form.",
    ],
    [
      [4, 1],
      [4, 3],
      "expects a target of shape [4, 3], got [4, 1]. These look like labels: take sparseCategoricalCrossentropy, or another sparse form.",
    ],
    [[4, 2], [4, 3], "expects a target of shape [4, 3], got [4, 2]. Give the target the prediction's shape."],
    [
      [4, 1],
      [4, 1],
      "expects a prediction of shape [batch, classes] with 2 classes or more, got [4, 1]. Give the last layer a unit for each class; for two classes in one unit take binaryCrossentropy.",
    ],
  ])("refuse targets %j for a prediction %j", (target, prediction, message) => {
    tf.tidy(() => {
      for (const [name, loss] of Object.entries({ categoricalCrossentropy, categoricalCrossentropyFromLogits })) {
        expect(() => loss(tf.zeros(target), tf.zeros(prediction))).toThrow(`${name} ${message}`);
      }
    });
  });
});
