import { side, type Digit } from "./digits.ts";
import type { Reading } from "./network.ts";

/** Columns left out on either side, where one digit in a thousand has ink: three drawings then fit in 80 columns. */
const margin = 1;
const width = side - 2 * margin;

/** A pixel and the one below it in one character, by 2 × upper + lower. */
const blocks = [" ", "▄", "▀", "█"];

/** An image in 14 lines of 26 characters: what is more ink than paper is black. */
export function drawDigit({ pixels }: Digit): string[] {
  const isInk = (row: number, column: number) => ((pixels[row * side + column] as number) > 0.5 ? 1 : 0);
  return Array.from({ length: side / 2 }, (_, line) =>
    Array.from({ length: width }, (_column, at) => {
      const column = margin + at;
      return blocks[2 * isInk(2 * line, column) + isInk(2 * line + 1, column)];
    }).join(""),
  );
}

/** The mistakes that the network was surest of, each with what was written and read, in rows of three drawings. */
export function drawMistakes(readings: readonly Reading[], digits: readonly Digit[], count: number): string {
  const drawings = digits
    .map((digit, index) => ({ digit, reading: readings[index] as Reading }))
    .filter(({ digit, reading }) => digit.label !== reading.label)
    .toSorted((one, other) => other.reading.confidence - one.reading.confidence)
    .slice(0, count)
    .map(({ digit, reading }) => [
      `${digit.label}, read as ${reading.label} (${Math.floor(100 * reading.confidence)} %)`,
      ...drawDigit(digit),
    ]);
  const rows = Array.from({ length: Math.ceil(drawings.length / 3) }, (_, row) => drawings.slice(3 * row, 3 * row + 3));
  return rows.map(sideBySide).join("\n\n");
}

/** Sets drawings of equal height beside each other, without the lines that are empty in all of them. */
function sideBySide(drawings: readonly (readonly string[])[]): string {
  const lines = (drawings[0] ?? []).map((_, line) =>
    drawings
      .map((drawing) => (drawing[line] as string).padEnd(width))
      .join(" ")
      .trimEnd(),
  );
  return lines.filter((line) => line !== "").join("\n");
}
