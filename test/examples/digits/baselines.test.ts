import { describe, expect, it } from "vitest";
import { readMostFrequent, readNearestMean } from "../../../examples/digits/baselines.ts";
import type { Digit } from "../../../examples/digits/digits.ts";

/** A digit of two pixels: distances can then be seen. */
const digit = (label: number, ...pixels: readonly number[]): Digit => ({ label, pixels: Float32Array.from(pixels) });

describe("baselines", () => {
  // The mean of the fours is (0.5, 0), of the nines (0, 1).
  const training = [digit(4, 0, 0), digit(9, 0, 1), digit(4, 1, 0)];

  it("read all as the most frequent label", () => {
    expect(readMostFrequent(training, [digit(9, 0, 1), digit(0, 1, 1)])).toEqual([4, 4]);
  });

  it("read each as the label with the nearest mean image", () => {
    // Squared distances from the means: 0.25 and 1, 0.65 and 0.2, 0 and 1.25.
    const test = [digit(4, 0, 0), digit(9, 0.4, 0.8), digit(4, 0.5, 0)];
    expect(readNearestMean(training, test)).toEqual([4, 9, 4]);
  });
});
