import { describe, expect, it } from "vitest";
import { meanOverSamples } from "../../src/history.ts";

describe("meanOverSamples", () => {
  it("weighs by size, and rounds to float32 at every step as Keras does", () => {
    // In float64 the mean of these is 0.1 · 3 + 0.2 · 3 + 0.7 · 1 over 7 = 0.2285714285714286.
    const values = [0.1, 0.2, 0.7].map(Math.fround);
    let sum = Math.fround(0 + Math.fround((values[0] as number) * 3));
    sum = Math.fround(sum + Math.fround((values[1] as number) * 3));
    sum = Math.fround(sum + Math.fround(values[2] as number));
    const mean = meanOverSamples(values, [3, 3, 1]);
    expect(mean).toBe(Math.fround(sum / 7));
    expect(Math.fround(mean)).toBe(mean);
    expect(mean).toBeCloseTo(0.2285714, 6);
  });
});
