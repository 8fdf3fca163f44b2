import { describe, expect, it } from "vitest";
import { side, type Digit } from "../../../examples/digits/digits.ts";
import { drawDigit, drawMistakes } from "../../../examples/digits/drawings.ts";

/** A digit with ink in these columns, from one row to another. */
function bar(label: number, columns: readonly number[], from: number, to: number): Digit {
  const pixels = new Float32Array(side * side);
  for (let row = from; row <= to; row++) for (const column of columns) pixels[row * side + column] = 0.9;
  return { label, pixels };
}

describe("a drawing", () => {
  it("shows two rows of pixels in a line, and what is more ink than paper", () => {
    const digit = bar(1, [1, 2], 3, 6);
    digit.pixels[5 * side + 2] = 0.5;
    const lines = drawDigit(digit);
    expect(lines).toHaveLength(14);
    for (const line of lines) expect(line).toHaveLength(26);
    expect(lines.slice(0, 5).map((line) => line.trimEnd())).toEqual(["", "▄▄", "█▀", "▀▀", ""]);
  });
});

describe("drawings of mistakes", () => {
  const digits = [1, 2, 3, 4, 5].map((label) => bar(label, [4], 0, 2 * label - 1));
  const readings = [
    { label: 7, confidence: 0.6 },
    { label: 2, confidence: 0.99 },
    { label: 8, confidence: 0.999 },
    { label: 9, confidence: 0.7 },
    { label: 6, confidence: 0.5 },
  ];

  it("leave out what was read right, and begin with the surest, three to a row", () => {
    const gap = (text: string) => text.padEnd(27);
    expect(drawMistakes(readings, digits, 6).split("\n")).toEqual([
      `${gap("3, read as 8 (99 %)")}${gap("4, read as 9 (70 %)")}1, read as 7 (60 %)`,
      `${gap("   █")}${gap("   █")}   █`,
      `${gap("   █")}   █`,
      `${gap("   █")}   █`,
      `${gap("")}   █`,
      "",
      "5, read as 6 (50 %)",
      ...Array.from({ length: 5 }, () => "   █"),
    ]);
  });

  it("are as many as asked for, or as there are", () => {
    expect(drawMistakes(readings, digits, 2).split("\n")[0]).toBe("3, read as 8 (99 %)        4, read as 9 (70 %)");
    expect(drawMistakes([], [], 6)).toBe("");
  });
});
