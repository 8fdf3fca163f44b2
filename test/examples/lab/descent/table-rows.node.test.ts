import { describe, expect, it } from "vitest";
import { presets } from "../../../../examples/lab/descent/functions.ts";
import { descend } from "../../../../examples/lab/descent/path.ts";
import { keptRows, tableRows } from "../../../../examples/lab/descent/table-rows.ts";
import { expectRelative } from "../../worked/expect-relative.ts";

describe("the table of every step", () => {
  it("has W11's rows, the last one without a step", async () => {
    const { setting, ...f } = presets.bowl;
    const path = await descend({ f, start: [3, 2], rule: "sgd", steps: 4, ...setting });
    const rows = tableRows(path);
    expectRelative(
      rows.slice(0, 4).map((cells) => cells.map((cell) => cell ?? NaN)),
      [
        [3, 2, 6, 4, -0.6, -0.4, 13],
        [2.4, 1.6, 4.8, 3.2, -0.48, -0.32, 8.32],
        [1.92, 1.28, 3.84, 2.56, -0.384, -0.256, 5.3248],
        [1.536, 1.024, 3.072, 2.048, -0.3072, -0.2048, 3.407872],
      ],
    );
    expect(rows[4]?.slice(4, 6)).toEqual([undefined, undefined]);
  });

  it("shows what lies within the function after the point", () => {
    const stop = { step: 0, point: [2], gradient: [-0.5], value: 1 };
    expect(tableRows({ stops: [stop] }, [0.25])).toEqual([[2, 0.25, -0.5, undefined, 1]]);
  });

  it("is empty before there is a path", () => {
    expect(tableRows(undefined)).toEqual([]);
  });
});

describe("rows that a table has already", () => {
  it("stay the same arrays, and one that has changed does not", () => {
    const had = [
      [1, 2, NaN],
      [3, 4, undefined],
    ];
    const rows = keptRows(had, [
      [1, 2, NaN],
      [3, 4, 5],
      [6, 7, undefined],
    ]);
    expect(rows[0]).toBe(had[0]);
    expect(rows.slice(1)).toEqual([
      [3, 4, 5],
      [6, 7, undefined],
    ]);
    expect(keptRows(had, [[1, 2]])).toEqual([[1, 2]]);
  });
});
