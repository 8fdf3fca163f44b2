import { describe, expect, it } from "vitest";
import { cutDigits, side, splitDigits } from "../../../examples/digits/digits.ts";

describe("digits of one label", () => {
  it("are cut from one list of pixels, in order", () => {
    const size = side * side;
    const values = Array.from({ length: 2 * size }, (_, index) => index / (2 * size));
    const digits = cutDigits(7, values);
    expect(digits.map(({ label }) => label)).toEqual([7, 7]);
    expect(digits.map(({ pixels }) => pixels.length)).toEqual([size, size]);
    expect(digits.flatMap(({ pixels }) => [...pixels])).toEqual(values.map(Math.fround));
  });
});

describe("the split", () => {
  const digits = Array.from({ length: 57 }, (_, label) => ({ pixels: new Float32Array(1), label }));

  it("holds out a fifth for the test and a tenth for the validation, each digit in one part", () => {
    const { training, validation, test } = splitDigits(digits, 1);
    expect([training.length, validation.length, test.length]).toEqual([41, 5, 11]);
    expect(new Set([...training, ...validation, ...test]).size).toBe(57);
  });

  it("follows from the seed, and does not leave the digits in their order", () => {
    expect(splitDigits(digits, 1)).toEqual(splitDigits(digits, 1));
    expect(splitDigits(digits, 1)).not.toEqual(splitDigits(digits, 2));
    const { test } = splitDigits(digits, 1);
    expect(test).not.toEqual(digits.slice(0, 11));
  });
});
