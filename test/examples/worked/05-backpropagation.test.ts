import { beforeEach, describe, expect, it } from "vitest";
import type { BackpropTrace } from "rivulet";
import {
  automatic,
  byEquations,
  byNudging,
  trace,
  type Backprop,
} from "../../../examples/worked/05-backpropagation.ts";
import { flat } from "../../../examples/worked/numbers.ts";
import { expectRelative } from "./expect-relative.ts";

const outputDelta = [0.12672890240521034, -0.02038552555158525];
const hiddenDelta = [0.011232066954600502, 0.013374304651329563];
const outputWeights = [
  [0.08182331501899742, 0.08383156930336928],
  [-0.013162043128108104, -0.013485089554386154],
];
const hiddenWeights = [
  [0.0011232066954600503, 0.0022464133909201006],
  [0.0013374304651329564, 0.0026748609302659127],
];

describe("W5: back-propagation by its four equations", () => {
  let traced: BackpropTrace;

  beforeEach(async () => {
    traced = await trace();
  });

  it("runs forward", () => {
    const [hidden, output] = traced.layers;
    expectRelative(flat(hidden?.weightedInput ?? []), [0.6, 0.67]);
    expectRelative(flat(hidden?.activation ?? []), [0.6456563062257954, 0.6615031592029524]);
    expectRelative(flat(output?.activation ?? []), [0.7989476413779711, 0.8390480283342561]);
    expectRelative(traced.loss, 0.3226124392928197);
  });

  const ways: readonly (readonly [string, (trace: BackpropTrace) => Backprop | Promise<Backprop>])[] = [
    ["the four equations", byEquations],
    ["automatic differentiation", automatic],
  ];
  for (const [way, run] of ways) {
    it(`finds δ, ∂C/∂b and ∂C/∂w by ${way}`, async () => {
      const { output, hidden } = await run(traced);
      expectRelative(output.delta, outputDelta); // BP1
      expectRelative(hidden.delta, hiddenDelta); // BP2
      expectRelative(output.bias, outputDelta); // BP3
      expectRelative(hidden.bias, hiddenDelta);
      expectRelative(output.weights, outputWeights); // BP4
      expectRelative(hidden.weights, hiddenWeights);
    });
  }

  it("finds them by nudging each weight", async () => {
    const check = await byNudging();
    expect(check.parameters.map(({ name, passed }) => [name, passed])).toEqual([
      ["dense_1/kernel", true],
      ["dense_1/bias", true],
      ["dense_2/kernel", true],
      ["dense_2/bias", true],
    ]);
    const numbers = check.parameters.flatMap(({ numeric }) => numeric);
    const transposed = (weights: number[][]) => [0, 1].flatMap((k) => weights.map((row) => row[k] ?? NaN));
    const expected = [...transposed(hiddenWeights), ...hiddenDelta, ...transposed(outputWeights), ...outputDelta];
    // Central differences: the cost's curvature over a nudge of 0.03, and its rounding divided by twice that.
    expectRelative(numbers, expected, 1e-3);
  });
});
