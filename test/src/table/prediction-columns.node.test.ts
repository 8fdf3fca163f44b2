import { describe, expect, it } from "vitest";
import { describeOutputs } from "../../../src/table/prediction-columns.ts";

describe("what is written of predictions", () => {
  it("is a number in the target's units, to a millionth of its deviation", () => {
    const target = { column: "price", mean: 1000, deviation: 250 };
    const { titles, cellsOf } = describeOutputs(target, Float64Array.of(0, -1, 1 / 3));
    expect(titles).toEqual(["predicted price"]);
    expect([0, 1, 2].map(cellsOf)).toEqual([["1000"], ["750"], ["1083.3333"]]);
  });

  it.each([
    [1e-120, "5e-121"],
    [1e-9, "5e-10"],
    [1e12, "500000000000"],
    [1e200, "5e+199"],
  ])("keeps its digits whatever its size: a deviation of %d", (deviation, text) => {
    expect(describeOutputs({ column: "a", mean: 0, deviation }, Float64Array.of(0.5)).cellsOf(0)).toEqual([text]);
  });

  it("is the class of the largest logit, and its probability", () => {
    const target = { column: "kind", classes: ["a", "b", "c"] };
    const logits = Float64Array.of(0, Math.log(2), 0, -1000, -2000, 1000);
    const { titles, cellsOf } = describeOutputs(target, logits);
    expect(titles).toEqual(["predicted kind", "probability"]);
    // 2 / (1 + 2 + 1)
    expect([0, 1].map(cellsOf)).toEqual([
      ["b", "0.5000"],
      ["c", "1.0000"],
    ]);
  });
});
