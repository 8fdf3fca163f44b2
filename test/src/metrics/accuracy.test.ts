import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import {
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
} from "../../../src/metrics/accuracy.ts";
import { expectClose } from "../../support/expect-close.ts";
import { measured } from "../../support/measured.ts";

const scores = [
  [0.1, 0.7, 0.2],
  [0.5, 0.1, 0.4],
  [-3, -2, -1],
  [0.3, 0.3, 0.1],
];

describe("binaryAccuracy", () => {
  it("takes what is above one half for class 1, and one half itself for class 0", async () => {
    // right: 0.2 and 0.5 for 0, 0.6 for 1; wrong: 0.51 for 0
    expect(await measured(binaryAccuracy, [[0], [0], [0], [1]], [[0.2], [0.5], [0.51], [0.6]])).toBe(0.75);
  });

  it("counts every output of a sample", async () => {
    // right: 0.9, 0.1, 0.7; wrong: 0.6
    const prediction = [
      [0.9, 0.1],
      [0.6, 0.7],
    ];
    expect(
      await measured(
        binaryAccuracy,
        [
          [1, 0],
          [0, 1],
        ],
        prediction,
      ),
    ).toBe(0.75);
  });

  it("refuses to broadcast", () => {
    tf.tidy(() => {
      expect(() => binaryAccuracy(tf.zeros([4]), tf.zeros([4, 1]))).toThrow(
        "binaryAccuracy expects a target of shape [4, 1], got [4]. Give the target the prediction's shape.",
      );
    });
  });
});

describe("categorical accuracies", () => {
  it("compare the largest output, the first of equal ones, with the class", async () => {
    // right: class 1 and the first of two equal ones; wrong: 0 for 2, 2 for 1
    const labels = [1, 2, 1, 0];
    const rows = labels.map((label) => [0, 1, 2].map((index) => (index === label ? 1 : 0)));
    const column = labels.map((label) => [label]);
    expect(await measured(categoricalAccuracy, rows, scores)).toBe(0.5);
    expect(await measured(sparseCategoricalAccuracy, labels, scores)).toBe(0.5);
    expect(await measured(sparseCategoricalAccuracy, column, scores)).toBe(0.5);
  });

  it("refuse to broadcast", () => {
    tf.tidy(() => {
      expect(() => categoricalAccuracy(tf.zeros([4, 1]), tf.zeros([4, 3]))).toThrow(
        "categoricalAccuracy expects a target of shape [4, 3], got [4, 1]. " +
          "These look like labels: take sparseCategoricalCrossentropy, or another sparse form.",
      );
      expect(() => sparseCategoricalAccuracy(tf.zeros([4, 3]), tf.zeros([4, 3]))).toThrow(
        "sparseCategoricalAccuracy expects a target of shape [4] or [4, 1], got [4, 3]. " +
          "These look one-hot: take categoricalCrossentropy, or another form that is not sparse.",
      );
    });
  });
});

describe("accuracy", () => {
  it.each([
    ["one output", [[0], [1]], [[0.2], [0.4]], 0.5],
    ["a list of outputs", [0, 1], [0.2, 0.4], 0.5],
    ["labels in a list", [1, 2, 1, 0], scores, 0.5],
    ["labels in a column", [[1], [2], [2], [0]], scores, 0.75],
    [
      "one-hot rows",
      [
        [0, 1, 0],
        [1, 0, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
      scores,
      1,
    ],
  ])("goes by the shapes: %s", async (_, target, prediction, expected) => {
    expect(await measured(accuracy, target, prediction)).toBe(expected);
  });

  it("is the share over all samples, whatever the batches", async () => {
    const labels = [1, 2, 2, 0];
    await expectClose(await measured(accuracy, labels, scores, [1, 3]), 0.75);
    await expectClose(await measured(accuracy, labels, scores, [3, 1]), 0.75);
  });

  it("refuses to broadcast", () => {
    tf.tidy(() => {
      expect(() => accuracy(tf.zeros([4]), tf.zeros([4, 1]))).toThrow(
        "binaryAccuracy expects a target of shape [4, 1], got [4]. Give the target the prediction's shape.",
      );
      expect(() => accuracy(tf.zeros([3]), tf.zeros([4, 3]))).toThrow(
        "sparseCategoricalAccuracy expects a target of shape [4] or [4, 1], got [3]. " +
          "Give each sample one label, the number of its class.",
      );
    });
  });
});
