import { DataError, HyperparameterError } from "rivulet";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitRows } from "../../../src/table/split.ts";

describe("splitRows", () => {
  it("puts each row in one part, of the sizes asked for", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 500 }),
        fc.nat(),
        fc.constantFrom(0.1, 0.2, 0.3, 0.7),
        (count, seed, testFraction) => {
          const { training, validation, test } = splitRows(count, { seed, testFraction });
          const all = [...training, ...validation, ...test].toSorted((a, b) => a - b);
          expect(all).toEqual(Array.from({ length: count }, (_, row) => row));
          // Products such as 0.7 · 10 come out a little off; no fraction here falls within 1e-9 of a whole number otherwise.
          expect(test.length).toBe(Math.floor(count * testFraction + 1e-9));
          expect(validation.length).toBe(Math.floor((count - test.length) * 0.2 + 1e-9));
        },
      ),
    );
  });

  it("rounds as in decimals: 0.29 of 100 rows are 29, though 100 · 0.29 is 28.999999999999996", () => {
    expect(splitRows(100, { seed: 1, testFraction: 0.29 }).test.length).toBe(29);
  });

  it("follows from the seed alone", () => {
    const split = (seed: number) => splitRows(100, { seed, testFraction: 0.2 });
    expect(split(1)).toEqual(split(1));
    expect(split(2)).not.toEqual(split(1));
  });

  it("gives each part its share of every class, within one row", () => {
    const labels = Uint16Array.from({ length: 1000 }, (_, row) => (row < 900 ? 0 : row < 980 ? 1 : 2));
    const split = splitRows(1000, { seed: 3, testFraction: 0.2, labels });
    const countIn = (rows: Int32Array, label: number) => rows.filter((row) => labels[row] === label).length;
    const expected = { training: [576, 51, 13], validation: [144, 13, 3], test: [180, 16, 4] };
    for (const part of ["training", "validation", "test"] as const) {
      for (const [label, count] of expected[part].entries()) {
        expect(Math.abs(countIn(split[part], label) - count)).toBeLessThanOrEqual(1);
      }
    }
  });

  it("refuses too few rows, and a fraction that leaves a part empty", () => {
    expect(() => splitRows(9, { seed: 1, testFraction: 0.2 })).toThrow(DataError);
    expect(() => splitRows(9, { seed: 1, testFraction: 0.2 })).toThrow(
      "9 rows with a target are too few to train, validate and test on: give 10.",
    );
    expect(() => splitRows(10, { seed: 1, testFraction: 0.05 })).toThrow(HyperparameterError);
    expect(() => splitRows(10, { seed: 1, testFraction: 0.05 })).toThrow(
      "A test fraction of 0.05 of 10 rows leaves 8 to train on, 2 to validate on and 0 to test on. Each wants at least one.",
    );
  });
});
