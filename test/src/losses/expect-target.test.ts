import * as tf from "@tensorflow/tfjs-core";
import { losses } from "rivulet";
import { describe, expect, it } from "vitest";
import { expectTarget } from "../../../src/losses/expect-target.ts";
import { ShapeError } from "../../../src/errors.ts";
import type { Loss } from "../../../src/losses.ts";

const {
  meanSquaredError,
  huber,
  binaryCrossentropy,
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
} = losses;

const own: Loss = (_, prediction) => tf.sum(prediction);

const looksLikeLabels = "These look like labels: take sparseCategoricalCrossentropy, or another sparse form.";

describe("expectTarget", () => {
  it.each([
    ["numbers in the prediction's shape", meanSquaredError, [8, 3], [8, 3]],
    ["fractions in the prediction's shape", binaryCrossentropy, [8, 3], [8, 3]],
    ["distributions in the prediction's shape", categoricalCrossentropy, [8, 3], [8, 3]],
    ["distributions along a further axis", categoricalCrossentropyFromLogits, [8, 5, 3], [8, 5, 3]],
    ["labels in a list", sparseCategoricalCrossentropy, [8], [8, 3]],
    ["labels in a column", sparseCategoricalCrossentropyFromLogits, [8, 1], [8, 3]],
    ["what a function of one's own takes", own, [8, 7], [8, 3]],
  ] as const)("lets pass %s", (_, loss, target, prediction) => {
    expect(() => expectTarget("fit", loss, target, prediction)).not.toThrow();
  });

  it.each([
    [huber, [8], [8, 1], "fit expects a target y of shape [8, 1], got [8]. Reshape y: a loss never broadcasts."],
    [huber, [8, 1], [8, 3], "fit expects a target y of shape [8, 3], got [8, 1]. A loss never broadcasts."],
    [own, [8], [8, 1], "fit expects a target y of shape [8, 1], got [8]. Reshape y: a loss never broadcasts."],
    [binaryCrossentropy, [8], [8, 3], `fit expects a target y of shape [8, 3], got [8]. ${looksLikeLabels}`],
    [categoricalCrossentropy, [8, 1], [8, 3], `fit expects a target y of shape [8, 3], got [8, 1]. ${looksLikeLabels}`],
    [
      categoricalCrossentropy,
      [8, 2],
      [8, 3],
      "fit expects a target y of shape [8, 3], got [8, 2]. A loss never broadcasts.",
    ],
    [
      categoricalCrossentropyFromLogits,
      [8, 1],
      [8, 1],
      "fit expects a prediction of shape [batch, classes] with 2 classes or more, got [8, 1]. " +
        "Give the last layer a unit for each class; for two classes in one unit take binaryCrossentropy.",
    ],
    [
      sparseCategoricalCrossentropy,
      [8, 3],
      [8, 3],
      "fit expects a target y of shape [8] or [8, 1], got [8, 3]. " +
        "These look one-hot: take categoricalCrossentropy, or another form that is not sparse.",
    ],
    [
      sparseCategoricalCrossentropy,
      [8, 2],
      [8, 3],
      "fit expects a target y of shape [8] or [8, 1], got [8, 2]. Give each sample one label, the number of its class.",
    ],
  ] as const)("refuses for %o targets %j of a prediction %j", (loss, target, prediction, message) => {
    const act = () => expectTarget("fit", loss, target, prediction);
    expect(act).toThrow(ShapeError);
    expect(act).toThrow(expect.objectContaining({ message }) as Error);
  });

  it("calls the target as its caller does", () => {
    expect(() => expectTarget("evaluate", meanSquaredError, [8], [8, 1], "validationData's y")).toThrow(
      "evaluate expects a target validationData's y of shape [8, 1], got [8]. " +
        "Reshape validationData's y: a loss never broadcasts.",
    );
  });
});
