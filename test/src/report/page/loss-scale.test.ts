import { describe, expect, it } from "vitest";
import { lossScale } from "../../../../src/report/page/loss-scale.ts";
import type { Series } from "../../../../src/report/page/series.ts";

const choice = { hidden: new Set<number>(), loss: "trainingLoss", logLoss: true, logCount: false } as const;

function series(...losses: readonly number[]): Series {
  const points = losses.map((median, index) => {
    return { steps: index, epochs: index / 2, seconds: index / 100, median, lower: median, upper: median, runs: 1 };
  });
  const appearance = { color: "red", symbol: "circle", dash: "" } as const;
  return { index: 0, name: "1", appearance, points, isBroken: false };
}

describe("lossScale", () => {
  it("holds all losses and the target", () => {
    const scale = lossScale([series(4, 2, 1), series(5, 0.5)], { axis: "steps", choice, target: 0.1 });
    expect(scale).toMatchObject({ x: [0, 2], y: [0.1, 5], isLogX: false, isLogY: true, isCut: false });
  });

  it("leaves what diverges outside", () => {
    const scale = lossScale([series(4, 2, 1), series(4, 1e9)], { axis: "epochs", choice, target: null });
    expect(scale).toMatchObject({ x: [0, 1], y: [1, 4], isCut: true });
  });

  it("has no log axis where nothing is above 0", () => {
    const chosen = { ...choice, logCount: true };
    const scale = lossScale([series(0)], { axis: "steps", choice: chosen, target: null });
    expect(scale).toMatchObject({ x: [0, 1], y: [0, 1], isLogX: false, isLogY: false });
  });

  it("leaves out zeros on log axes", () => {
    const chosen = { ...choice, logCount: true };
    const scale = lossScale([series(4, 2, 0, 1)], { axis: "steps", choice: chosen, target: null });
    expect(scale).toMatchObject({ x: [1, 3], y: [1, 2], isLogX: true, isLogY: true });
  });

  it("has an extent for a single value, and for none", () => {
    expect(lossScale([series(3)], { axis: "steps", choice, target: null })).toMatchObject({ x: [0, 1], y: [1.5, 6] });
    expect(lossScale([], { axis: "steps", choice, target: null })).toMatchObject({ x: [0, 1], y: [0, 1] });
  });
});
