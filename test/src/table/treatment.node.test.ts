import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeInputs } from "../../../src/table/encode.ts";
import { readerOf, type Feature } from "../../../src/table/feature.ts";
import { treat } from "../../../src/table/treatment.ts";
import { columnOf, range, turns } from "./columns.ts";

const all = (count: number) => Int32Array.from(range(count));

/** What is made of cells, all of which are trained on unless told otherwise. */
function treated(cells: readonly (string | number)[], training = all(cells.length), rowsInFile = cells.length) {
  const column = columnOf(cells);
  const treatment = treat(column, training, rowsInFile);
  const { values, shape } = encodeInputs([treatment], all(cells.length));
  const rows = range(shape[0]).map((row) => [...values.subarray(row * shape[1], (row + 1) * shape[1])]);
  return { ...treatment, rows };
}

describe("numbers", () => {
  it("are standardised by the training rows alone", () => {
    // Of 1 and 3: mean 2, deviation 1.
    expect(treated([1, 3, 7], Int32Array.of(0, 1)).rows).toEqual([[-1], [1], [5]]);
  });

  it("get the training rows' mean where they are missing", () => {
    expect(treated([1, 3, "NA", 7], Int32Array.of(0, 1, 2)).rows).toEqual([[-1], [1], [0], [5]]);
  });

  it("have mean 0 and deviation 1 after it, whatever their size", () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e308, max: 1e308 }), {
      minLength: 2,
      maxLength: 50,
    });
    fc.assert(
      fc.property(numbers, (cells) => {
        const { rows, leftOut } = treated(cells);
        if (leftOut !== undefined) return;
        const values = rows.flat();
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        // Numbers that differ in their last digits only cannot be told apart better than these digits.
        const spread = Math.max(...cells) - Math.min(...cells);
        if (spread < 1e-6 * Math.max(...cells.map(Math.abs)) || spread < 1e-300) return;
        // 1e-4: float32 rounds a value of up to 7 at 5e-7, and a mean far from 0 costs up to 1e-10 / 1e-6 of the deviation.
        expect(Math.abs(mean)).toBeLessThan(1e-4);
        expect(Math.abs(variance - 1)).toBeLessThan(1e-3);
      }),
    );
  });

  it("are left out where they only count the rows, and kept where they may count years", () => {
    expect(treated(range(20)).leftOut).toBe("row number");
    expect(treated(range(20).map((row) => row + 1)).leftOut).toBe("row number");
    expect(treated(range(20).map((row) => row + 1960)).leftOut).toBeUndefined();
    // Of 22 rows the first and the one in the middle were left out.
    const withGaps = range(20).map((row) => (row < 10 ? row + 2 : row + 3));
    expect(treated(withGaps, all(20), 22).leftOut).toBe("row number");
    expect(treated(withGaps, all(20), 20).leftOut).toBeUndefined();
    expect(treated([...range(19), 17.5]).leftOut).toBeUndefined();
    expect(treated([...range(19), ""]).leftOut).toBeUndefined();
  });

  it("are left out where they are the same in every training row", () => {
    expect(treated([0.1, 0.1, 0.1, 5], all(3)).leftOut).toBe("constant");
    expect(treated([5, "", 5]).leftOut).toBe("constant");
    expect(treated(["", "1", "", "2"], Int32Array.of(0, 2)).leftOut).toBe("constant");
    expect(treated(["", "NA"]).leftOut).toBe("empty");
  });
});

describe("true and false", () => {
  it("are 1 and 0, and the share of the true ones where they are missing", () => {
    expect(treated(["true", "false", "false", "true", ""]).rows).toEqual([[1], [0], [0], [1], [0.5]]);
  });
});

describe("dates", () => {
  it("become a number and the place in the year", () => {
    const { features, rows } = treated(["2001-01-01", "2001-07-02T12:00", "2003-01-01", ""]);
    expect(features.map(({ kind }) => kind)).toEqual(["day", "phase", "phase", "phase", "phase"]);
    // Sine and cosine: 0, 1 at New Year; 0, −1 half a year later.
    expect(rows[0]?.slice(1, 3).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 1]);
    expect(rows[1]?.slice(1, 3).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0, -1]);
    // A missing one is the mean of the others.
    expect(rows[3]?.[2]).toBeCloseTo(1 / 3, 6);
  });

  it("have no place in the day where none has a time, nor in the year where all are New Year's", () => {
    expect(treated(["2001-01-01", "2001-07-02", "2003-01-01"]).features).toHaveLength(3);
    expect(treated(["2001-01-01", "2002-01-01", "2004-01-01"]).features).toHaveLength(1);
  });
});

describe("texts", () => {
  it("become one input for each value, the most frequent first, missing being a value too", () => {
    const { features, rows } = treated(["b", "a", "a", "", "b", "a", "a"]);
    expect(features.map((feature) => feature.kind === "category" && feature.category)).toEqual(["a", "b", null]);
    expect(rows.slice(0, 4)).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
  });

  it("are 0 everywhere where the training rows know no such value", () => {
    const cells = [...turns(["a", "b"], 8), "c", ""];
    expect(treated(cells, all(8)).rows.slice(8)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("become 64 inputs at most, for the most frequent values", () => {
    const cells = range(80).flatMap((value) => turns([`v${value}`], 90 - value));
    const { features } = treated(cells);
    expect(features).toHaveLength(64);
    expect(features.at(-1)).toMatchObject({ category: "v63" });
  });

  it("are left out where they are names: more than half of them different, or 64 of them not half", () => {
    expect(treated(turns(["a", "b", "c", "d", "e"], 10)).leftOut).toBeUndefined();
    expect(treated(turns(["a", "b", "c", "d", "e", "f"], 10)).leftOut).toBe("many texts");
    const frequent = turns(
      range(128).map((value) => `v${value}`),
      1280,
    );
    expect(treated(frequent).leftOut).toBeUndefined();
    expect(
      treated(
        turns(
          range(129).map((value) => `v${value}`),
          1290,
        ),
      ).leftOut,
    ).toBe("many texts");
    expect(treated(range(1001).flatMap((value) => turns([`v${value}`], 3))).leftOut).toBe("many texts");
  });

  it("are left out where they are all the same", () => {
    expect(treated(turns(["a"], 9)).leftOut).toBe("constant");
  });
});

describe("features", () => {
  it("survive JSON, and read another column of the same kind", () => {
    const cells = turns(["a", "b", "", "b"], 12);
    const { features } = treat(columnOf(cells), all(12), 12);
    const kept = JSON.parse(JSON.stringify(features)) as Feature[];
    const other = columnOf(["", "b", "zebra"]);
    const rows = range(3).map((row) => kept.map((feature) => readerOf(feature, other)(row)));
    expect(kept).toEqual(features);
    expect(rows).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("refuse a column of another kind", () => {
    const feature = { column: "a", kind: "value", mean: 0, deviation: 1 } as const;
    expect(() => readerOf(feature, columnOf(["x", "y"]))).toThrow('The column "a" is text, where numbers are needed.');
  });
});
