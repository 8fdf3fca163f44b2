import { compareRegimes, type CompareRegimesOptions, type RegimeProblem } from "rivulet";
import { describe, expect, it } from "vitest";
import { x, y } from "./linear-descent.ts";

const messageOf = async (problem: RegimeProblem, options: CompareRegimesOptions = {}) => {
  const outcome = await compareRegimes(problem, options).then(
    () => "nothing was refused",
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
  return outcome;
};

/** A call as JavaScript may make it. */
const loosely = (options: object) => options as CompareRegimesOptions;

describe("what compareRegimes refuses before anything runs", () => {
  it.each([
    [{ batchSize: [1] }, 'compareRegimes has no option "batchSize". Did you mean "batchSizes"?'],
    [{ batchSizes: [] }, "compareRegimes expects batchSizes to be an array of one value or more, each once, got []."],
    [
      { batchSizes: [8, 8] },
      "compareRegimes expects batchSizes to be an array of one value or more, each once, got [8,8].",
    ],
    [{ batchSizes: [0] }, 'compareRegimes expects batchSize to be "full" or a whole number above 0, got 0.'],
    [{ momenta: [1] }, "SGD expects momentum to be in [0, 1), got 1."],
    [{ learningRates: [0] }, "SGD expects learningRate to be a finite number above 0"],
    [{ optimizer: "adam", momenta: [0.9] }, 'Adam has no option "momentum".'],
    [{ optimizer: "sdg" }, 'There is no optimizer "sdg". Did you mean "sgd"?'],
    [
      { layers: [0] },
      "compareRegimes expects layers to be an array of whole numbers above 0, or an empty one, got [0].",
    ],
    [{ activation: "tan" }, 'There is no activation "tan". Did you mean "tanh"?'],
    [{ loss: "mean" }, 'There is no loss "mean".'],
    [
      { budget: { unit: "hours", amount: 1 } },
      'compareRegimes\'s budget expects unit to be one of epochs, steps, samples, seconds, got "hours".',
    ],
    [
      { budget: { unit: "steps", amount: 1.5 } },
      "compareRegimes's budget expects amount to be a whole number above 0, got 1.5.",
    ],
    [
      { budget: { unit: "seconds", amount: 0 } },
      "compareRegimes's budget expects amount to be a number above 0, got 0.",
    ],
    [{ targetLoss: NaN }, "compareRegimes expects targetLoss to be a finite number, got NaN."],
    [{ repeats: 0 }, "compareRegimes expects repeats to be a whole number above 0, got 0."],
    [{ seed: 0.5 }, "compareRegimes expects seed to be a whole number, got 0.5."],
    [{ sliceResolution: 1 }, "compareRegimes expects sliceResolution to be 0, or a whole number from 2, got 1."],
    [{ compile: true }, 'compareRegimes expects compile to be "auto" or false, got true.'],
    [{ fairLearningRates: 1 }, "compareRegimes expects fairLearningRates to be true or false, got 1."],
    [{ signal: {} }, "compareRegimes expects signal to be an AbortSignal, a controller's signal, got {}."],
    [{ onProgress: 1 }, "compareRegimes expects onProgress to be a function, got 1."],
    [{ onPoint: "log" }, 'compareRegimes expects onPoint to be a function, got "log".'],
    [{ onRunEnd: true }, "compareRegimes expects onRunEnd to be a function, got true."],
    [{ runJob: 1 }, "compareRegimes expects runJob to be a function that takes a job and runs it, got 1."],
    [{ backends: [] }, 'compareRegimes expects backends to be an array of names, such as ["wasm", "cpu"], got [].'],
    [
      { workers: 2 },
      "compareRegimes expects workers to be 1 without runJob, got 2. " +
        "Here jobs run one at a time: give runJob, which hands them to workers.",
    ],
    [
      { loss: () => null, runJob: () => null },
      "compareRegimes with functions of one's own expects runJob to be left out, got a function. " +
        "Name the optimizer, the loss and the activation: a function cannot be sent to a worker.",
    ],
  ])("%o", async (options, message) => {
    expect(await messageOf({ x, y }, loosely(options))).toContain(message);
  });

  it.each<[string, RegimeProblem, string]>([
    ["no samples", { x: [], y: [] }, "DataError: compareRegimes expects at least one sample, but x is empty."],
    [
      "numbers in a row",
      { x: [1, 2], y: [1, 2] },
      "ShapeError: compareRegimes expects x of shape [samples, features], got [2]. Give each sample a row of its own: [[1], [2], …].",
    ],
    [
      "fewer targets",
      { x: [[1], [2]], y: [[1]] },
      "ShapeError: compareRegimes expects as many targets as inputs, got y of shape [1, 1] for x of shape [2, 1].",
    ],
    ["a NaN", { x: [[1], [NaN]], y: [[1], [2]] }, "DataError: x holds NaN at row 1, column 0."],
    [
      "validation of another shape",
      { x, y, validation: [[[1]], [[1]]] },
      "ShapeError: compareRegimes expects validation's x of shape [batch, 2], got [1, 1].",
    ],
    ["targets that the loss does not take", { x, y, loss: "categoricalCrossentropyFromLogits" }, "ShapeError: "],
  ])("%s", async (_, problem, message) => {
    expect(await messageOf(problem)).toContain(message);
  });
});
