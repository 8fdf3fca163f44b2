import { describe, expect, it } from "vitest";
import type { RegimeRun } from "../../../../src/regimes/regime.ts";
import { drawnRuns, medianCurve } from "../../../../src/report/page/median-curve.ts";
import { sampleComparison } from "../../../support/sample-comparison.ts";

const [run] = sampleComparison({ batchSizes: [8], momenta: [0], repeats: 1 }).runs as [RegimeRun];

/** A run that was looked at after these steps, of half an epoch each. */
function runWith(steps: number[], trainingLoss: (number | null)[], seconds: number[]): RegimeRun {
  const epochs = steps.map((step) => step / 2);
  return { ...run, curve: { steps, epochs, samples: steps, seconds, trainingLoss, validationLoss: null } };
}

describe("medianCurve", () => {
  it("takes medians and quartiles of the losses, and the median of the seconds", () => {
    const runs = [
      runWith([0, 2], [9, 3], [0, 0.5]),
      runWith([0, 2], [7, 1], [0, 0.3]),
      runWith([0, 2], [8, 2], [0, 0.4]),
    ];
    expect(medianCurve(runs, "trainingLoss")).toEqual([
      { steps: 0, epochs: 0, seconds: 0, median: 8, lower: 7.5, upper: 8.5, runs: 3 },
      { steps: 2, epochs: 1, seconds: 0.4, median: 2, lower: 1.5, upper: 2.5, runs: 3 },
    ]);
  });

  it("has a point where more than half of the runs were looked at", () => {
    const runs = [
      runWith([0, 2, 4, 5], [9, 3, 1, 0.5], [0, 1, 2, 3]),
      runWith([0, 2, 4], [9, 3, 1], [0, 1, 2]),
      runWith([0, 4], [9, 1], [0, 2]),
    ];
    expect(medianCurve(runs, "trainingLoss").map(({ steps, runs: count }) => [steps, count])).toEqual([
      [0, 3],
      [2, 2],
      [4, 3],
    ]);
  });

  it("has none where a loss is not finite, or there is no validation", () => {
    const runs = [runWith([0, 2], [9, null], [0, 1])];
    expect(medianCurve(runs, "trainingLoss").map(({ steps }) => steps)).toEqual([0]);
    expect(medianCurve(runs, "validationLoss")).toEqual([]);
    expect(medianCurve([], "trainingLoss")).toEqual([]);
  });
});

describe("drawnRuns", () => {
  const diverged = { ...run, status: "diverged" as const };
  const failed = { ...runWith([], [], []), status: "failed" as const };

  it("are those that finished, if any did", () => {
    expect(drawnRuns([diverged, run, failed])).toEqual([run]);
  });

  it("else are those that got anywhere", () => {
    expect(drawnRuns([diverged, failed])).toEqual([diverged]);
  });
});
