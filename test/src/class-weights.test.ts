import { DataError, HyperparameterError, ShapeError } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { sampleWeightsOf, type ClassWeight } from "../../src/class-weights.ts";
import { oneWeight } from "../support/models.ts";

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

describe("fit with classWeight", () => {
  /** ŷ = x at w = 1, which no step moves: errors 1, 3, 1, 3 of classes 0, 1, 0, 1. */
  const x = [[1], [4], [1], [4]];
  const y = [[0], [1], [0], [1]];
  const options = { loss: "meanSquaredError", classWeight: { 1: 5 }, verbose: 0 } as const;
  const still = () => new SGD({ learningRate: 1e-30 });

  it("weighs what it trains on, and not the part that is split off to validate on", async () => {
    using model = oneWeight();
    const { history } = await model.fit(x, y, { ...options, optimizer: still(), validationSplit: 0.5 });
    // (1 + 5 · 9) / 2 and (1 + 9) / 2.
    expect(history).toEqual({ loss: [23], val_loss: [5] });
  });

  it("leaves validationData the weights of its own", async () => {
    using model = oneWeight();
    const validationData = [x, y, [1, 1, 3, 1]] as const;
    const { history } = await model.fit(x, y, { ...options, optimizer: still(), validationData });
    // (1 + 5 · 9 + 1 + 5 · 9) / 4 and (1 + 9 + 3 + 9) / 4.
    expect(history).toEqual({ loss: [23], val_loss: [5.5] });
  });

  it("weighs the batches of a stream", async () => {
    using model = oneWeight();
    const stream = () => [[x, y] as const];
    const { history } = await model.fit(stream, { ...options, optimizer: still() });
    expect(history).toEqual({ loss: [23] });
  });
});
