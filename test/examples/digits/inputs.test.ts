import { describe, expect, it } from "vitest";
import { side, type Digit } from "../../../examples/digits/digits.ts";
import { inputsFrom, inputSize, shrink } from "../../../examples/digits/inputs.ts";
import { someDigits } from "./some-digits.ts";

/** A digit with ink at those rows and columns. */
function digitWith(ink: readonly (readonly [row: number, column: number, value: number])[]): Digit {
  const pixels = new Float32Array(side * side);
  for (const [row, column, value] of ink) pixels[row * side + column] = value;
  return { pixels, label: 0 };
}

describe("an image in half its size", () => {
  it("has the means of blocks of 2 × 2 pixels", () => {
    const inputs = shrink(
      digitWith([
        [0, 0, 1],
        [0, 2, 1],
        [1, 3, 0.5],
        [26, 26, 1],
        [26, 27, 1],
        [27, 26, 1],
        [27, 27, 1],
      ]),
    );
    const inked = [...inputs].flatMap((value, index) => (value === 0 ? [] : [[index, value]]));
    // Blocks of row 0: ¼, and (1 + ½) / 4. The last block is full.
    expect(inked).toEqual([
      [0, 0.25],
      [1, 0.375],
      [inputSize - 1, 1],
    ]);
  });
});

describe("inputs", () => {
  const digits = someDigits(4);

  it("of the training part have mean 0 and deviation 1", () => {
    const { values, shape } = inputsFrom(digits)(digits);
    expect(shape).toEqual([40, inputSize]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // 1e-6: each value is rounded to float32, and some are 5.
    expect(Math.abs(mean)).toBeLessThan(1e-6);
    expect(Math.abs(variance - 1)).toBeLessThan(1e-6);
  });

  it("of a digit depend on the training part alone, not on what else is turned with it", () => {
    const inputsOf = inputsFrom(digits.slice(0, 20));
    const all = inputsOf(digits);
    digits.forEach((digit, index) => {
      const alone = inputsOf([digit]);
      expect(alone.shape).toEqual([1, inputSize]);
      expect(alone.values).toEqual(all.values.slice(index * inputSize, (index + 1) * inputSize));
    });
    expect(inputsFrom(digits)(digits).values).not.toEqual(all.values);
  });
});
