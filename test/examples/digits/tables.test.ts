import { describe, expect, it } from "vitest";
import type { Digit } from "../../../examples/digits/digits.ts";
import { accuracyTable, confusionTable, countRight } from "../../../examples/digits/tables.ts";

const written = [0, 0, 0, 1, 9, 9];
const digits: Digit[] = written.map((label) => ({ label, pixels: new Float32Array(0) }));
const read = [0, 0, 8, 1, 4, 9];

describe("the accuracies", () => {
  it("are the shares of digits read right", () => {
    expect(countRight(read, digits)).toBe(4);
    const readers = [
      { name: "a reader", labels: read },
      { name: "a better one", labels: written },
    ];
    expect(accuracyTable(readers, digits)).toBe(
      [
        "| read by      | right of 6 | accuracy |",
        "| :----------- | ---------: | -------: |",
        "| a reader     |          4 |   66.7 % |",
        "| a better one |          6 |  100.0 % |",
      ].join("\n"),
    );
  });
});

describe("the confusion table", () => {
  const lines = confusionTable(read, digits).split("\n");

  it("counts what each digit was read as", () => {
    expect(lines[0]).toBe("| written |  0 |  1 |  2 |  3 |  4 |  5 |  6 |  7 |  8 |  9 | right |");
    expect(lines[2]).toBe("|       0 |  2 |  · |  · |  · |  · |  · |  · |  · |  1 |  · |  67 % |");
    expect(lines[3]).toBe("|       1 |  · |  1 |  · |  · |  · |  · |  · |  · |  · |  · | 100 % |");
    expect(lines[4]).toBe("|       2 |  · |  · |  · |  · |  · |  · |  · |  · |  · |  · |       |");
    expect(lines[11]).toBe("|       9 |  · |  · |  · |  · |  1 |  · |  · |  · |  · |  1 |  50 % |");
  });

  it("fits in 80 columns with counts of three digits", () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({ label: index % 10, pixels: new Float32Array(0) }));
    const table = confusionTable(
      many.map(({ label }) => label),
      many,
    );
    for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(table).toContain("|       9 |   · |   · |   · |   · |   · |   · |   · |   · |   · | 200 | 100 % |");
  });
});
