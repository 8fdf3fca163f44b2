import { RandomStream } from "rivulet";

/** Rows and columns of an image. */
export const side = 28;

/** One handwritten digit. */
export interface Digit {
  /** 28 × 28 pixels, row by row: 0 is paper, 1 ink. */
  readonly pixels: Float32Array;
  /** What was written, 0 to 9. */
  readonly label: number;
}

/** The digits of one label, from the pixels of all of them one after another. */
export function cutDigits(label: number, values: readonly number[]): Digit[] {
  const pixels = Float32Array.from(values);
  const size = side * side;
  return Array.from({ length: Math.floor(pixels.length / size) }, (_, index) => ({
    pixels: pixels.subarray(index * size, (index + 1) * size),
    label,
  }));
}

/** The digits to learn from, those that say when to stop, and those that nothing is learnt from. */
export interface Parts {
  readonly training: readonly Digit[];
  readonly validation: readonly Digit[];
  readonly test: readonly Digit[];
}

/** Deals the digits out at random: a fifth for the test, a tenth for the validation, the others to train on. */
export function splitDigits(digits: readonly Digit[], seed: number): Parts {
  const order = new RandomStream(seed, "split").permutation(digits.length);
  const shuffled = Array.from(order, (index) => digits[index] as Digit);
  const [held, watched] = [Math.floor(digits.length / 5), Math.floor(digits.length / 10)];
  return {
    test: shuffled.slice(0, held),
    validation: shuffled.slice(held, held + watched),
    training: shuffled.slice(held + watched),
  };
}
