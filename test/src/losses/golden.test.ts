import { losses } from "rivulet";
import { describe, expect, it } from "vitest";
import type { Loss } from "../../../src/losses.ts";
import golden from "../../golden/losses.json" with { type: "json" };
import { expectClose } from "../../support/expect-close.ts";
import { lossAt } from "../../support/loss-at.ts";

/** The loss that a case is about. Keras's classes have other capitals than its functions, and an option for logits. */
function lossOf({ name, options }: (typeof golden.cases)[number]): Loss {
  const delta = "delta" in options ? options.delta : undefined;
  if (delta !== undefined) return (target, prediction, weights) => losses.huber(target, prediction, weights, delta);
  const isFromLogits = "fromLogits" in options && options.fromLogits;
  const wanted = `${name}${isFromLogits ? "FromLogits" : ""}`.toLowerCase();
  const entry = Object.entries<Loss>(losses).find(([key]) => key.toLowerCase() === wanted);
  if (entry === undefined) throw new Error(`There is no loss for the golden case ${wanted}.`);
  return entry[1];
}

describe("losses against Keras's values and PyTorch's gradients", () => {
  const cases = golden.cases.map((each, index) => [index, each.name, JSON.stringify(each.options), each] as const);

  it.each(cases)("case %i: %s %s", async (_, __, ___, each) => {
    for (const [weights, expected] of [
      [undefined, each.plain],
      [golden.sampleWeights, each.weighted],
    ] as const) {
      const { value, slope } = await lossAt(lossOf(each), each.target, each.prediction, weights);
      // 5e-6: float32 against float64, through a logarithm and sums of up to twelve.
      await expectClose(value, expected.value, 5e-6);
      // 2e-5: a float32 holds 0.999 so that what is left of 1 is off by 1.3e-5 of itself, and a slope is its inverse.
      await expectClose(slope, expected.gradient, 2e-5);
    }
  });

  it("has a case of every loss", () => {
    const found = new Set(golden.cases.map((each) => ("delta" in each.options ? losses.huber : lossOf(each))));
    expect(found).toEqual(new Set(Object.values(losses)));
  });
});
