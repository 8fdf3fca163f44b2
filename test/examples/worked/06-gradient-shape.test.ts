import { describe, expect, it } from "vitest";
import { largeCost, shapes, smallCost } from "../../../examples/worked/06-gradient-shape.ts";
import { expectRelative } from "./expect-relative.ts";

describe("W6: a gradient has its weights' shape", () => {
  it("has the shape of W, and the numbers of the formula", async () => {
    const { weights, gradient, automatic } = await shapes();
    expect(gradient).toEqual(weights);
    expect(gradient).toEqual([2, 3]);
    // dot(W, x) = [−0.15, −0.3] for x = [1, −2, 0.5], y = [0.5, −1]; ∂/∂W_jk = 2 (prediction − y)_j x_k.
    expectRelative(automatic, [-1.3, 2.6, -0.65, 1.4, -2.8, 0.7]);
  });

  it("is found coefficient by coefficient too", async () => {
    const { automatic, nudged } = await shapes();
    // Central differences of a parabola have no error but rounding: the loss's, 6e-8 divided by 2h = 0.02, and that of
    // W ± h, another 6e-6 of the nudge.
    expectRelative(nudged, automatic, 5e-5);
  });

  it("costs one backward pass, or 24 forward passes for W5's 12 weights", async () => {
    const { error, ...cost } = await smallCost();
    expect(cost).toEqual({
      weights: 12,
      automatic: { forward: 1, backward: 1 },
      nudging: { forward: 24, backward: 0 },
    });
    expect(error).toBeLessThan(1e-3);
  });

  it("costs one backward pass, or 20,000 forward passes for 10⁴ weights", async () => {
    const { error, ...cost } = await largeCost();
    expect(cost).toEqual({
      weights: 10_000,
      automatic: { forward: 1, backward: 1 },
      nudging: { forward: 20_000, backward: 0 },
    });
    expect(error).toBeLessThan(1e-3);
  }, 120_000);
});
