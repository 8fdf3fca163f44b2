import * as tf from "@tensorflow/tfjs-core";
import type { NestedNumbers } from "rivulet";
import { expect } from "vitest";
import { flatNumbers } from "../../src/nested-numbers.ts";

function shapeOf(numbers: NestedNumbers): number[] {
  return typeof numbers === "number" ? [] : [numbers.length, ...shapeOf(numbers[0] ?? 0)];
}

/**
 * Expects numbers of one shape, each within the tolerance times the larger of 1 and the expected number's size.
 * NaN is close to nothing. A tensor is read, not disposed of.
 *
 * @param tolerance default 1e-6: a float32 carries 24 bits, and a few operations round
 */
export async function expectClose(
  actual: tf.Tensor | NestedNumbers,
  expected: NestedNumbers,
  tolerance = 1e-6,
): Promise<void> {
  const numbers = actual instanceof tf.Tensor ? ((await actual.array()) as NestedNumbers) : actual;
  expect(shapeOf(numbers), "shape").toEqual(shapeOf(expected));
  const wanted = flatNumbers(expected);
  const off = flatNumbers(numbers).flatMap((number, index) => {
    const target = wanted[index] as number;
    const isClose = Math.abs(number - target) <= tolerance * Math.max(1, Math.abs(target));
    return isClose ? [] : [`[${index}] ${number}, expected ${target}`];
  });
  expect(off, `not within ${tolerance}`).toEqual([]);
}
