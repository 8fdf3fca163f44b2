import { describe, expect, it } from "vitest";
import type { RegimeComparison } from "../../../src/regimes/comparison.ts";
import type { Spread } from "../../../src/regimes/regime.ts";
import { findingsOf } from "../../../src/report/findings.ts";
import { sampleComparison } from "../../support/sample-comparison.ts";

/** A sample whose regimes reach the target after so many steps, each over its repeats; an epoch is of ten steps. */
function reaching(steps: readonly (readonly (number | null)[])[], repeats: number): RegimeComparison {
  const comparison = sampleComparison({ batchSizes: ["full", 32], momenta: [0, 0.9], repeats });
  const regimes = comparison.regimes.map((row, index) => ({
    ...row,
    measured: {
      ...row.measured,
      stepsToTarget: spreadOf(steps[index] ?? []),
      epochsToTarget: spreadOf((steps[index] ?? []).map((count) => count && count / (index < 2 ? 1 : 2))),
      secondsToTarget: spreadOf((steps[index] ?? []).map((count) => count && count / 100)),
    },
  }));
  return { ...comparison, regimes };
}

function spreadOf(values: readonly (number | null)[]): Spread {
  const sorted = values.toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity));
  const [least = null, median = null, largest = null] =
    sorted.length === 1 ? [sorted[0], sorted[0], sorted[0]] : sorted;
  return {
    least,
    lower: least,
    median,
    upper: largest,
    largest,
    count: values.filter((value) => value !== null).length,
  };
}

describe("the findings", () => {
  it("name who needs least, of steps, epochs and seconds", () => {
    const findings = findingsOf(reaching([[300], [100], [90], [150]], 1));
    expect(findings[0]).toBe(
      "Mini-batches of 32 without momentum reached the target loss of 0.03 after 90 steps, 45 epochs and 0.9 seconds, " +
        "the fewest of each.",
    );
    expect(findings).toContain(
      "Momentum saved steps in 1 of 2 pairs of regimes that differ in it only and both reached the target; most of all, " +
        "full batches with momentum 0.9 needed 100 steps to the target in place of 300 without it.",
    );
    expect(findings).toContain("Each regime ran once: nobody knows how much of the differences is chance.");
  });

  it("name each where they differ, and both where they are equal", () => {
    const [first] = findingsOf(reaching([[50], [50], [60], [80]], 1));
    expect(first).toBe(
      "Full batches without momentum and full batches with momentum 0.9 reached the target loss of 0.03 after 50 steps " +
        "and 0.5 seconds, the fewest of each; mini-batches of 32 without momentum after 30 epochs, the fewest.",
    );
  });

  it("say who missed the target, and whose quartiles overlap", () => {
    const never = [null, null, null];
    const findings = findingsOf(reaching([never, [80, 100, null], [95, 110, 120], [50, null, null]], 3));
    expect(findings.slice(0, 3)).toEqual([
      "Full batches with momentum 0.9 (1 run missed it) reached the target loss of 0.03 after 100 steps and 1 second, the " +
        "fewest of each; mini-batches of 32 without momentum after 55 epochs, the fewest.",
      "In steps its quartiles overlap with those of mini-batches of 32 without momentum: only more repeats would tell " +
        "which needs fewer.",
      "2 of the 4 regimes did not reach the target in more than half of their runs.",
    ]);
  });

  it("say where one alone reached it", () => {
    const [first] = findingsOf(reaching([[null], [40], [null], [null]], 1));
    expect(first).toBe(
      "Full batches with momentum 0.9 reached the target loss of 0.03 after 40 steps (40 epochs, 0.4 seconds): the only " +
        "one of 4 regimes.",
    );
  });

  it("say where none reached it, or too few runs did", () => {
    const never = [null, null, null];
    expect(findingsOf(reaching([never, never, never, never], 3))[0]).toBe("No run reached the target loss of 0.03.");
    expect(findingsOf(reaching([never, [9, null, null], never, never], 3))[0]).toBe(
      "No regime reached the target loss of 0.03 in more than half of its runs; 1 run in all did.",
    );
  });

  it("leave seconds out where they are not comparable", () => {
    const whySecondsAreNot = "2 jobs ran at a time.";
    const comparison = { ...reaching([[300], [100], [90], [150]], 1), secondsAreComparable: false, whySecondsAreNot };
    const findings = findingsOf(comparison);
    expect(findings[0]).toMatch(/after 90 steps and 45 epochs, the fewest of each\.$/);
    expect(findings).toContain("Seconds are not comparable: 2 jobs ran at a time.");
  });
});

describe("the findings on odd data", () => {
  it("tell of one regime that ran once", () => {
    const comparison = sampleComparison({ batchSizes: [8], momenta: [0.9], repeats: 1 });
    const [first, second, ...others] = findingsOf(comparison);
    expect(first).toMatch(
      /^Mini-batches of 8 with momentum 0\.9 reached the target loss of 0\.03 after \d+ steps \(.+\)\.$/,
    );
    expect(second).toMatch(/ ended with a training loss of 0\.0\d+ and a validation loss of 0\.0\d+\.$/);
    expect(others).toEqual([]);
  });

  it("tell where all diverged", () => {
    expect(findingsOf(sampleComparison({ learningRate: 5 }))).toEqual([
      expect.stringMatching(
        /^None of the 24 runs came to its end\. The first because: The loss became Infinity within /,
      ),
      "Of 24 runs, 24 diverged.",
    ]);
  });

  it("tell where some diverged", () => {
    const findings = findingsOf(sampleComparison({ learningRate: 0.9 }));
    expect(findings).toContain("Of 24 runs, 6 diverged.");
    expect(findings).toContain(
      "1 of the 6 regimes whose runs finished did not reach the target in more than half of their runs.",
    );
  });

  it("tell where there is no target and no validation", () => {
    const comparison = { ...sampleComparison(), target: { loss: null, from: "best run" as const } };
    const regimes = comparison.regimes.map((row) => ({ ...row, measured: { ...row.measured, validationLoss: null } }));
    const [first, second] = findingsOf({ ...comparison, regimes });
    expect(first).toBe("No target loss was set, and none follows from the runs: no loss fell.");
    expect(second).toMatch(/^Mini-batches of 8 .* ended with the lowest training loss of 0\.0\d+\.$/);
  });

  it("tell where nothing ran", () => {
    const whyIncomplete = "It was interrupted.";
    const comparison = { ...sampleComparison({ learningRate: 5 }), runs: [], isComplete: false, whyIncomplete };
    expect(findingsOf(comparison)).toEqual(["No run was made.", "Not all runs were made: It was interrupted."]);
  });
});
