import { describe, expect, it } from "vitest";
import type { Budget } from "rivulet";
import { CurvePoints } from "../../../src/regimes/curve.ts";

const moment = { plain: 0, tracedSteps: 0 };

/** The samples at which a run of steps of one size has its points. */
function pointsOf(count: number, budget: Budget, batchSize: number, steps: number): readonly number[] {
  const points = new CurvePoints(count, budget, batchSize);
  for (let step = 0; step <= steps; step++) {
    const samples = step * batchSize;
    if (!points.isDue(samples)) continue;
    points.push({ steps: step, samples, moment, trainingLoss: 1, validationLoss: undefined, weights: undefined });
  }
  return points.toCurve(() => 0).samples;
}

describe("the points of a curve", () => {
  it("lie at the same numbers of samples for all batch sizes, as far as their steps allow", () => {
    const budget = { unit: "epochs", amount: 30 } as const;
    // 128 points in 30 epochs are 4 an epoch: after each 64 of 256 samples.
    expect(pointsOf(256, budget, 1, 256)).toEqual([0, 64, 128, 192, 256]);
    expect(pointsOf(256, budget, 32, 8)).toEqual([0, 64, 128, 192, 256]);
    expect(pointsOf(256, budget, 256, 2)).toEqual([0, 256, 512]);
  });

  it("are as many within a short run", () => {
    expect(pointsOf(256, { unit: "epochs", amount: 1 }, 1, 256)).toHaveLength(129);
    expect(pointsOf(256, { unit: "steps", amount: 8 }, 4, 8)).toHaveLength(9);
    expect(pointsOf(256, { unit: "samples", amount: 32 }, 4, 8)).toHaveLength(9);
  });

  it("come at the end of every so many epochs in a long one", () => {
    expect(pointsOf(10, { unit: "epochs", amount: 1000 }, 5, 40)).toEqual([0, 80, 160]);
  });

  it("are thinned out where nobody knows how far a run gets", () => {
    const points = pointsOf(8, { unit: "seconds", amount: 1 }, 1, 2000);
    expect(points.length).toBeGreaterThan(120);
    expect(points.length).toBeLessThanOrEqual(257);
    const gaps = new Set(points.slice(1).map((samples, index) => samples - (points[index] ?? NaN)));
    expect([...gaps]).toEqual([8]);
  });
});
