import { markdownTable } from "markdown-table";
import type { Digit } from "./digits.ts";

/** How many digits were read right. */
export function countRight(labels: readonly number[], digits: readonly Digit[]): number {
  return digits.filter(({ label }, index) => label === labels[index]).length;
}

/** Who read how many of the digits right. */
export function accuracyTable(
  readers: readonly { readonly name: string; readonly labels: readonly number[] }[],
  digits: readonly Digit[],
): string {
  const rows = readers.map(({ name, labels }) => {
    const right = countRight(labels, digits);
    return [name, String(right), `${((100 * right) / digits.length).toFixed(1)} %`];
  });
  return markdownTable([["read by", `right of ${digits.length}`, "accuracy"], ...rows], { align: ["l", "r", "r"] });
}

/** How often each digit (a row) was read as each (a column), and which share of it right. Dots stand for never. */
export function confusionTable(labels: readonly number[], digits: readonly Digit[]): string {
  const names = Array.from({ length: 10 }, (_, label) => label);
  const rows = names.map((written) => {
    const readAs = labels.filter((_, index) => digits[index]?.label === written);
    const counts = names.map((read) => readAs.filter((label) => label === read).length);
    const share = readAs.length === 0 ? "" : `${Math.round((100 * (counts[written] as number)) / readAs.length)} %`;
    return [String(written), ...counts.map((count) => (count === 0 ? "·" : String(count))), share];
  });
  return markdownTable([["written", ...names.map(String), "right"], ...rows], { align: "r" });
}
