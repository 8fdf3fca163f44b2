import { describe, expect, it } from "vitest";
import { compare } from "../../../src/table/compare.ts";
import { describeComparison, verdictOn } from "../../../src/table/describe-comparison.ts";
import { accuracyOf, crossEntropyOf, regressionError } from "../../../src/table/test-error.ts";

describe("regressionError", () => {
  it("is the root mean square, the mean absolute and R²", () => {
    // Errors 1, −1, 2: √(6/3), 4/3; about the mean 2 the targets spread by 2: 1 − 6/2.
    expect(regressionError([1, 2, 3], [2, 1, 5])).toEqual({
      rootMeanSquare: Math.sqrt(2),
      meanAbsolute: 4 / 3,
      rSquared: -2,
    });
    expect(regressionError([1, 2, 3], [1, 2, 3]).rSquared).toBe(1);
    expect(regressionError([1, 2, 3], [2, 2, 2]).rSquared).toBe(0);
    expect(regressionError([2, 2], [2, 2]).rSquared).toBeNaN();
  });
});

describe("accuracyOf", () => {
  it("counts the rows whose largest score is the true class's, the first of equal ones", () => {
    expect(accuracyOf([0, 1, 1, 2], [3, 1, 1, 0, 5, 1, 2, 2, 0, 0, 0, 1])).toBe(3 / 4);
  });
});

describe("crossEntropyOf", () => {
  it("is the mean of −log softmax of the true class, finite for any logits", () => {
    expect(crossEntropyOf([0, 1], Float64Array.of(0, 0, Math.log(1), Math.log(3)))).toBeCloseTo(
      (Math.log(2) + Math.log(4 / 3)) / 2,
      12,
    );
    expect(crossEntropyOf([0], Float64Array.of(-1000, 1000))).toBe(2000);
    expect(crossEntropyOf([1], Float64Array.of(-1000, 1000))).toBe(0);
  });
});

describe("compare", () => {
  const split = { training: Int32Array.of(0, 1, 2), validation: Int32Array.of(3), test: Int32Array.of(4, 5) };

  it("puts a regression's errors in the target's units", () => {
    const task = { kind: "regression" as const, values: Float64Array.of(0, 0, 0, 0, 12, 16) };
    const predictions = { linear: Float64Array.of(0, 0), network: Float64Array.of(0.5, 3) };
    const comparison = compare(task, { mean: 10, deviation: 2 }, split, predictions);
    // The network says 11 and 16, linear least squares 10 and 10, the mean 10.
    expect(describeComparison(comparison)).toBe(
      [
        "| prediction by        | root mean square | mean absolute |     R² |",
        "| :------------------- | ---------------: | ------------: | -----: |",
        "| the mean             |            4.472 |             4 | -4.000 |",
        "| linear least squares |            4.472 |             4 | -4.000 |",
        "| the network          |           0.7071 |           0.5 |  0.875 |",
      ].join("\n"),
    );
    expect(verdictOn(comparison)).toBe("");
  });

  it("compares classes by accuracy, and says where the network is no better", () => {
    const labels = Uint16Array.of(0, 0, 1, 0, 0, 1);
    const task = { kind: "classification" as const, classes: ["a", "b"], labels };
    const predictions = { linear: undefined, network: Float64Array.of(0, Math.log(3), 0, Math.log(3)) };
    const comparison = compare(task, { mean: 0, deviation: 1 }, split, predictions);
    // The shares of the training rows: (2 + 1) / 5 and (1 + 1) / 5; −(log 0.6 + log 0.4) / 2 = 0.714.
    // The network gives 1/4 and 3/4 both times: (log 4 + log 4/3) / 2 = 0.837.
    expect(describeComparison(comparison)).toBe(
      [
        "| prediction by       | accuracy | cross-entropy |",
        "| :------------------ | -------: | ------------: |",
        "| the commonest class |   50.0 % |         0.714 |",
        "| the network         |   50.0 % |         0.837 |",
      ].join("\n"),
    );
    expect(verdictOn(comparison)).toBe(
      "The network is no better than the commonest class here. More rows or other columns may help it; " +
        "or smaller or larger --layers, another --learning-rate.",
    );
  });
});
