import * as tf from "@tensorflow/tfjs-core";
import { losses } from "rivulet";
import { describe, expect, it } from "vitest";
import { DataError } from "../../../src/errors.ts";
import { expectTargetValues } from "../../../src/losses/expect-target-values.ts";
import type { Loss } from "../../../src/losses.ts";

const {
  meanSquaredError,
  binaryCrossentropy,
  binaryCrossentropyFromLogits,
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
} = losses;

const own: Loss = (_, prediction) => tf.sum(prediction);

const third = [0.333, 0.333, 0.333];

function expectRefused(act: () => void, message: string, index: readonly number[]): void {
  expect(act).toThrow(DataError);
  expect(act).toThrow(expect.objectContaining({ message, index }) as Error);
}

describe("expectTargetValues", () => {
  it.each([
    ["any numbers to regress on", meanSquaredError, [-5, 1e6, 0.5], [3, 1], [3, 1]],
    ["any values for a function of one's own", own, [-5, 1e6, 0.5], [3, 1], [3, 1]],
    ["fractions", binaryCrossentropy, [0, 1, 0.25], [3, 1], [3, 1]],
    ["labels from the first class to the last", sparseCategoricalCrossentropy, [0, 2, 1], [3], [3, 3]],
    ["one-hot rows", categoricalCrossentropy, [0, 1, 0, 1, 0, 0], [2, 3], [2, 3]],
    ["distributions written to three decimals", categoricalCrossentropyFromLogits, third, [1, 3], [1, 3]],
  ] as const)("lets pass %s", (_, loss, values, shape, prediction) => {
    expect(() => expectTargetValues(loss, Float32Array.from(values), shape, prediction)).not.toThrow();
  });

  it.each([
    [3, "Count the classes from 0, and give the last layer a unit for each."],
    [-1, "Number the classes 0, 1, 2, …"],
    [1.5, "Number the classes 0, 1, 2, …"],
    [NaN, "Number the classes 0, 1, 2, …"],
  ])("refuses the label %d among three classes", (label, mend) => {
    for (const loss of [sparseCategoricalCrossentropy, sparseCategoricalCrossentropyFromLogits]) {
      for (const shape of [[4], [4, 1]]) {
        expectRefused(
          () => expectTargetValues(loss, Float32Array.of(0, 2, label, 7), shape, [4, 3]),
          `y holds ${label} at row 2, but labels of 3 classes are the whole numbers from 0 to 2. ${mend}`,
          [2],
        );
      }
    }
  });

  it.each([
    [
      [0, 1, 0, 0, 1.25, -0.25],
      "y holds -0.25 at row 1, column 2, but no class has a share below 0: each row is one-hot, or a distribution over " +
        "the classes.",
      [1, 2],
    ],
    [
      [0, 1, 0, 0, 1, 1],
      "y sums to 2 over the classes at row 1, but each row is one-hot, or a distribution over the classes, with sum 1. " +
        "Divide each row by its sum; where several classes may hold at once, take binaryCrossentropy.",
      [1],
    ],
    [
      [0, 0, 0, 0, 1, 0],
      "y sums to 0 over the classes at row 0, but each row is one-hot, or a distribution over the classes, with sum 1. " +
        "Divide each row by its sum; where several classes may hold at once, take binaryCrossentropy.",
      [0],
    ],
  ])("refuses rows %j that are no distributions", (values, message, index) => {
    for (const loss of [categoricalCrossentropy, categoricalCrossentropyFromLogits]) {
      expectRefused(() => expectTargetValues(loss, Float32Array.from(values), [2, 3], [2, 3]), message, index);
    }
  });

  it.each([
    [[0, 1, -1], [3, 1], "y holds -1 at row 2, column 0", [2, 0]],
    [[0, 1, 0, 2], [2, 2], "validationData's y holds 2 at row 1, column 1", [1, 1]],
    [[0, NaN], [2], "y holds NaN at row 1", [1]],
  ] as const)("refuses the binary targets %j", (values, shape, message, index) => {
    const name = message.split(" holds")[0] as string;
    for (const loss of [binaryCrossentropy, binaryCrossentropyFromLogits]) {
      expectRefused(
        () => expectTargetValues(loss, Float32Array.from(values), shape, shape, name),
        `${message}, but the targets of a binary cross-entropy lie between 0 and 1. Code the two classes as 0 and 1; for ` +
          "more classes take sparseCategoricalCrossentropy, with an output for each.",
        index,
      );
    }
  });
});
