import { describe, expect, it } from "vitest";
import {
  inSpace,
  logarithmGradient,
  logarithmGradientOnPaper,
  polarGradient,
  slopeAt,
  sweep,
} from "../../../examples/worked/10-directional-derivative.ts";
import { expectRelative } from "./expect-relative.ts";

describe("W10: directional derivative and gradient", () => {
  it.each([[[1, 2]], [[3, 4]], [[-0.5, 0.25]]] as const)(
    "∇ ln(x² + y²) is (2x, 2y) / (x² + y²) at %j",
    async (point) => {
      expectRelative(await logarithmGradient(point), logarithmGradientOnPaper(point));
    },
  );

  it("∇ (x² + y² + z²) is (4, 2, −2) at (2, 1, −1), and the slope along it its length", async () => {
    const { gradient, slopeAlong } = await inSpace();
    expectRelative(gradient, [4, 2, -2]);
    expectRelative(slopeAlong, Math.sqrt(24));
  });

  it("is ∇f · (cos α, sin α) in every direction, largest at the gradient's angle", async () => {
    const { slopes, steepestUp, steepestDown } = await sweep();
    expect(slopes).toHaveLength(360);
    slopes.forEach((slope, degrees) => {
      const angle = (degrees * Math.PI) / 180;
      // Absolute: near the direction across the gradient two terms of size 0.4 cancel.
      expect(Math.abs(slope - (0.4 * Math.cos(angle) + 0.8 * Math.sin(angle)))).toBeLessThan(1e-6);
    });
    const { angle } = await polarGradient();
    expectRelative(angle, (Math.atan(2) * 180) / Math.PI);
    expect(steepestUp).toBe(Math.round(angle));
    expect(steepestDown).toBe(Math.round(angle) + 180);
  });

  it("is |∇f| along the gradient, 0 across it, −|∇f| against it", async () => {
    const { length, angle } = await polarGradient();
    expectRelative(length, Math.sqrt(0.8));
    expectRelative(await slopeAt(angle), Math.sqrt(0.8));
    expectRelative(await slopeAt(angle + 180), -Math.sqrt(0.8));
    // Two terms of size 0.36 cancel but for their rounding.
    for (const across of [90, 270]) expect(Math.abs(await slopeAt(angle + across))).toBeLessThan(1e-6);
    expect(Math.max(...(await sweep()).slopes)).toBeLessThanOrEqual(length * (1 + 1e-6));
  });
});
