import { expect } from "vitest";

type Numbers = number | readonly Numbers[];

/**
 * Expects numbers of one shape, each within the tolerance times the expected number's own size, however small that is.
 * NaN is close to nothing; to 0 only 0 is close.
 *
 * @param tolerance default 1e-6: a float32 carries 24 bits, and a few operations round
 */
export function expectRelative(actual: Numbers, expected: Numbers, tolerance = 1e-6): void {
  expect(shapeOf(actual), "shape").toEqual(shapeOf(expected));
  const numbers = flat(actual);
  const off = flat(expected).flatMap((wanted, index) => {
    const number = numbers[index] ?? NaN;
    const isClose = Math.abs(number - wanted) <= tolerance * Math.abs(wanted);
    return isClose ? [] : [`[${index}] ${number}, expected ${wanted}`];
  });
  expect(off, `not within ${tolerance}`).toEqual([]);
}

function shapeOf(numbers: Numbers): number[] {
  return typeof numbers === "number" ? [] : [numbers.length, ...shapeOf(numbers[0] ?? 0)];
}

function flat(numbers: Numbers): number[] {
  return typeof numbers === "number" ? [numbers] : numbers.flatMap(flat);
}
