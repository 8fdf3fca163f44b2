import { DataError, HyperparameterError, ShapeError } from "rivulet";
import { describe, expect, it } from "vitest";
import { sampleWeightsOf, type ClassWeight } from "../../src/class-weights.ts";

const weightsOf = (
  classWeight: unknown,
  values: readonly number[],
  targetShape: readonly number[],
  outputs: number,
  name?: string,
) => [
  ...sampleWeightsOf(
    classWeight as ClassWeight,
    Float32Array.from(values),
    targetShape,
    [targetShape[0] ?? 0, outputs],
    name,
  ),
];

const mend = "A weight by class needs targets that are classes; for others, give each sample a weight of its own.";

describe("sampleWeightsOf", () => {
  it.each([
    ["a list of two classes", [0, 1, 1], [3], 1, [1, 5, 5]],
    ["a column of two classes", [0, 1, 1], [3, 1], 1, [1, 5, 5]],
    ["a list of labels", [2, 0, 1], [3], 3, [0.5, 1, 5]],
    ["a column of labels", [2, 0, 1], [3, 1], 3, [0.5, 1, 5]],
    ["one-hot rows", [0, 1, 0, 0, 0, 1, 1, 0, 0], [3, 3], 3, [5, 0.5, 1]],
    ["distributions, the first of equal shares", [0.1, 0.2, 0.7, 0.4, 0.4, 0.2], [2, 3], 3, [0.5, 1]],
  ] as const)("weighs %s", (_, values, shape, outputs, expected) => {
    const weights = outputs === 1 ? { 0: 1, 1: 5 } : { 0: 1, 1: 5, 2: 0.5 };
    expect(weightsOf(weights, values, shape, outputs)).toEqual(expected);
  });

  it("gives a class without a weight 1, as Keras does", () => {
    expect(weightsOf({ 1: 5 }, [0, 1, 2], [3], 3)).toEqual([1, 5, 1]);
    expect(weightsOf({}, [0, 1, 2], [3], 3)).toEqual([1, 1, 1]);
  });

  it.each([
    [[1, 5], "fit expects classWeight to be an object such as { 0: 1, 1: 5 }, got [1,5]."],
    ["balanced", 'fit expects classWeight to be an object such as { 0: 1, 1: 5 }, got "balanced".'],
    [null, "fit expects classWeight to be an object such as { 0: 1, 1: 5 }, got null."],
    [new Map([[0, 5]]), "fit expects classWeight to be an object such as { 0: 1, 1: 5 }, got a Map."],
    [{ 0: -1 }, "fit expects classWeight[0] to be a finite number, 0 or more, got -1."],
    [{ 0: NaN }, "fit expects classWeight[0] to be a finite number, 0 or more, got NaN."],
    [{ 1: 1e39 }, "fit expects classWeight[1] to be a finite number, 0 or more, got 1e+39."],
    [{ 1: "5" }, 'fit expects classWeight[1] to be a finite number, 0 or more, got "5".'],
    [{ spam: 5 }, 'fit expects classWeight\'s keys to be classes 0 to 2, by number, got "spam".'],
    [{ 0.5: 5 }, 'fit expects classWeight\'s keys to be classes 0 to 2, by number, got "0.5".'],
    [{ "01": 5 }, 'fit expects classWeight\'s keys to be classes 0 to 2, by number, got "01".'],
    [{ "-1": 5 }, 'fit expects classWeight\'s keys to be classes 0 to 2, by number, got "-1".'],
    [{ 3: 5 }, 'fit expects classWeight\'s keys to be classes 0 to 2, by number, got "3".'],
  ])("refuses the weights %j", (classWeight, message) => {
    const act = () => weightsOf(classWeight, [0, 1, 2], [3], 3);
    expect(act).toThrow(HyperparameterError);
    expect(act).toThrow(message);
  });

  it.each([
    [
      [0, 1, 0.37],
      [3, 1],
      1,
      DataError,
      `y holds 0.37 at row 2, but labels of 2 classes are the whole numbers from 0 to 1. ${mend}`,
    ],
    [
      [0, 1, 1, 1],
      [2, 2],
      2,
      DataError,
      "y sums to 2 over the classes at row 1, but each row is one-hot, or a distribution over the classes, with sum 1. " +
        mend,
    ],
    [
      [0, 1, 1, 0],
      [1, 2, 2],
      2,
      ShapeError,
      "fit expects one class for each sample where classes have weights: y of shape [samples], [samples, 1] or " +
        "[samples, classes], got [1, 2, 2]. Give each sample a weight of its own instead.",
    ],
  ] as const)("refuses targets %j of shape %j, which are no classes", (values, shape, outputs, kind, message) => {
    const act = () => weightsOf({ 0: 1, 1: 5 }, values, shape, outputs);
    expect(act).toThrow(kind);
    expect(act).toThrow(expect.objectContaining({ message }) as Error);
  });
});
