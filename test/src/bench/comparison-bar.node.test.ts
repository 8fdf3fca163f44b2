import type { ComparisonProgress } from "rivulet";
import { describe, expect, it } from "vitest";
import { inLines } from "../../../src/bench/comparison-bar.ts";

/** What is said of progress that comes so. */
function linesOf(progress: readonly Partial<ComparisonProgress>[]): string[] {
  const lines: string[] = [];
  const { advance } = inLines((line) => lines.push(line));
  for (const each of progress) {
    advance({ phase: "runs", done: 0, total: 3, share: 0, secondsLeft: 2, running: "batch 8", ...each });
  }
  return lines;
}

describe("progress in lines", () => {
  it("is one for each tenth of the work, within a run too, and none twice where an estimate goes back", () => {
    const shares = [0, 0.05, 0.12, 0.19, 0.1, 0.31, 0.28, 0.3, 0.999];
    expect(linesOf(shares.map((share) => ({ share })))).toEqual([
      "10 %, 0 of 3 runs done, about 2.0 s left",
      "30 %, 0 of 3 runs done, about 2.0 s left",
      "90 %, 0 of 3 runs done, about 2.0 s left",
    ]);
  });

  it("ends when all runs have", () => {
    const ends = [2, 3].map((done) => ({ share: 1, done, secondsLeft: 0 }));
    expect(linesOf(ends)).toEqual([
      "90 %, 2 of 3 runs done, about 0.0 s left",
      "100 %, 3 of 3 runs done, about 0.0 s left",
    ]);
  });

  it("names what comes after the runs, once", () => {
    const slice = { phase: "slice", done: 3, running: "the loss around the paths" } as const;
    expect(linesOf([{ ...slice }, { ...slice, share: 0.5 }, { ...slice, share: 1 }])).toEqual([
      "Now the loss around the paths.",
    ]);
  });
});
