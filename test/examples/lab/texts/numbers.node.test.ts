import { describe, expect, it } from "vitest";
import { fixed, minus, significant } from "../../../../examples/lab/texts/numbers.ts";

describe("a number on the page", () => {
  it("has a true minus", () => {
    expect(minus(-0.1)).toBe("−0.1");
    expect(minus(3)).toBe("3");
  });

  it.each([
    [-0.384, "−0.38400"],
    [13, "13.00000"],
    [0, "0.00000"],
    [-0, "0.00000"],
    [1.234e-8, "1.234 × 10⁻⁸"],
    [-1041777.6, "−1.042 × 10⁶"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
    [NaN, "NaN"],
  ])("%d is %s to five decimals", (number, text) => {
    expect(fixed(number, 5)).toBe(text);
  });

  it.each([
    [0.8944271802902222, "0.89443"],
    [-12, "−12"],
    [-0, "0"],
    [2.5e-7, "2.500 × 10⁻⁷"],
    [NaN, "NaN"],
  ])("%d is %s to five digits", (number, text) => {
    expect(significant(number, 5)).toBe(text);
  });
});
