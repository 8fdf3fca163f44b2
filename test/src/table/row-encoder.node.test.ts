import { describe, expect, it } from "vitest";
import type { Feature } from "../../../src/table/feature.ts";
import { RowEncoder } from "../../../src/table/row-encoder.ts";
import { encodeInputs } from "../../../src/table/encode.ts";
import { treat } from "../../../src/table/treatment.ts";
import { columnOf, range, turns } from "./columns.ts";

/** What becomes of cells in columns of these names, one row after another, from line 2 on. */
function encoded(features: readonly Feature[], names: readonly string[], ...rows: (readonly string[])[]) {
  const encoder = new RowEncoder("rows.csv", names, features);
  for (const [index, cells] of rows.entries()) encoder.push(cells, index + 2);
  const { values, shape } = encoder.inputs;
  return {
    unknown: encoder.unknown,
    rows: range(shape[0]).map((row) => [...values.subarray(row * shape[1], (row + 1) * shape[1])]),
  };
}

const size: Feature = { column: "size", kind: "value", mean: 2, deviation: 4 };
const kinds: readonly Feature[] = ["a", null, "1", "true"].map((category) => {
  return { column: "kind", kind: "category", category };
});

describe("rows of another file", () => {
  it("become what the same cells became in training", () => {
    const columns = {
      number: turns([1, "1e3", -2.5, "NA", " 7 "], 30),
      truth: turns(["true", "FALSE", "", "True"], 30),
      date: turns(["2020-02-29", "2020-07-01 13:30", "?", "1999/12/31"], 30),
      text: turns(["a", "b", "", "1", "1.0", "TRUE", "a"], 30),
    };
    const treatments = Object.entries(columns).map(([name, cells]) =>
      treat(columnOf(cells, name), Int32Array.from(range(30)), 30),
    );
    const features = treatments.flatMap((treatment) => treatment.features);
    const encoder = new RowEncoder("rows.csv", Object.keys(columns), features);
    for (const row of range(30)) {
      const cells = Object.values(columns).map((column) => String(column[row]));
      encoder.push(cells, row + 2);
    }
    expect(features.length).toBe(1 + 1 + 5 + 5);
    expect(encoder.inputs).toEqual(encodeInputs(treatments, Int32Array.from(range(30))));
    expect(encoder.unknown).toEqual([]);
  });

  it("are read from columns in any order, whatever else stands beside", () => {
    const { rows } = encoded([size, ...kinds.slice(0, 1)], ["other", "kind", "size"], ["x", "a", "6"], ["", "b", "2"]);
    expect(rows).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it("are 0 where a category is new, and that is counted; a missing cell is none", () => {
    const { rows, unknown } = encoded(kinds, ["kind"], ["a"], ["zebra"], ["?"], ["lion"], ["1.0"], ["TRUE"]);
    expect(rows.map((row) => row.indexOf(1))).toEqual([0, -1, 1, -1, 2, 3]);
    expect(unknown).toEqual([{ column: "kind", rows: 2, first: { text: "zebra", line: 3 } }]);
    expect(encoded(kinds.slice(0, 1), ["kind"], [""])).toEqual({ rows: [[0]], unknown: [] });
  });

  it("fill as many inputs as there are, in whatever order a file has them", () => {
    const mixed: Feature[] = [size, ...kinds.slice(0, 1), size].map((feature) => ({ ...feature, column: "a" }));
    expect(encoded(mixed, ["a"], ["6"]).rows).toEqual([[1, 0, 1]]);
  });

  it.each<[Feature, string, string]>([
    [size, "12 €", '"size" is "12 €", where a number is needed. Write a plain number, such as 1234.5'],
    [{ ...size, kind: "day" }, "31.1.2026", '"size" is "31.1.2026", where a date is needed. Write it as 2026-01-31'],
    [
      { column: "size", kind: "phase", period: "day", wave: "sine", mean: 0 },
      "5",
      '"size" is "5", where a date is needed. Write it as 2026-01-31',
    ],
    [
      { column: "size", kind: "truth", mean: 0.5 },
      "1",
      '"size" is "1", where true or false is needed. Write one of them',
    ],
  ])("are refused, with the line, where a cell is of another kind than %o", (feature, cell, message) => {
    expect(() => encoded([feature], ["size"], [""], [cell])).toThrow(
      `rows.csv, line 3: ${message}, or leave the cell empty.`,
    );
  });

  it("are refused without a column that is needed, with the nearest name", () => {
    expect(() => encoded([size], ["sizes", "kind"])).toThrow(
      'There is no column "size" in rows.csv. Did you mean "sizes"? Columns: sizes, kind.',
    );
  });
});
