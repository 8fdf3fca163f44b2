import { describe, expect, it } from "vitest";
import { descend } from "../../../examples/worked/11-descent-on-a-bowl.ts";
import { expectRelative } from "./expect-relative.ts";

describe("W11: descent on z = x² + y²", () => {
  it("goes down the table", async () => {
    const steps = await descend([3, 2], 4);
    expect(steps).toHaveLength(4);
    expectRelative(
      steps.map(({ point, gradient, z }) => [...point, ...gradient, z]),
      [
        [3, 2, 6, 4, 13],
        [2.4, 1.6, 4.8, 3.2, 8.32],
        [1.92, 1.28, 3.84, 2.56, 5.3248],
        [1.536, 1.024, 3.072, 2.048, 3.407872],
      ],
    );
    expectRelative(
      steps.map(({ displacement }) => displacement),
      [
        [-0.6, -0.4],
        [-0.48, -0.32],
        [-0.384, -0.256],
        [-0.3072, -0.2048],
      ],
    );
  });

  it("goes from (1, 2) by −η (2, 4)", async () => {
    const [step] = await descend([1, 2], 1);
    expectRelative(step?.displacement ?? [], [-0.2, -0.4]);
  });
});
