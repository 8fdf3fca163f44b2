import type { Digit } from "./digits.ts";

const labels = Array.from({ length: 10 }, (_, label) => label);

/** Reads every digit as the label that most training digits have. */
export function readMostFrequent(training: readonly Digit[], test: readonly Digit[]): number[] {
  const counts = labels.map((label) => training.filter((digit) => digit.label === label).length);
  const winner = counts.indexOf(Math.max(...counts));
  return test.map(() => winner);
}

/** Reads a digit as the label whose mean training image is nearest to it: the least Σ (pixel − mean)². */
export function readNearestMean(training: readonly Digit[], test: readonly Digit[]): number[] {
  const means = labels.map((label) => meanImage(training.filter((digit) => digit.label === label)));
  return test.map(({ pixels }) => {
    const distances = means.map((mean) => squaredDistance(mean, pixels));
    return distances.indexOf(Math.min(...distances));
  });
}

function meanImage(digits: readonly Digit[]): Float64Array {
  const sum = new Float64Array(digits[0]?.pixels.length ?? 0);
  for (const { pixels } of digits) {
    pixels.forEach((pixel, at) => {
      sum[at] = (sum[at] as number) + pixel;
    });
  }
  return sum.map((total) => total / digits.length);
}

function squaredDistance(mean: Float64Array, pixels: Float32Array): number {
  // A label that no training digit has is nearest to none.
  if (mean.length === 0) return Infinity;
  return mean.reduce((sum, value, at) => sum + ((pixels[at] as number) - value) ** 2, 0);
}
