import type { MeasuredColumn, RegimeRow, RunStatus, Spread } from "rivulet";
import { describe, expect, it } from "vitest";
import { findingsOf } from "../../../../examples/lab/race/findings.ts";

const columns = [
  "steps",
  "epochs",
  "samples",
  "seconds",
  "stepsPerSecond",
  "samplesPerSecond",
  "stepsToTarget",
  "epochsToTarget",
  "samplesToTarget",
  "secondsToTarget",
  "trainingLoss",
  "validationLoss",
  "noiseAtStart",
  "noiseAtEnd",
  "warmUpSeconds",
  "tracingSeconds",
] as const satisfies readonly MeasuredColumn[];

/** One run's value; null for one that is infinite. */
function spread(value: number | null): Spread {
  return { median: value, lower: value, upper: value, least: value, largest: value, count: value === null ? 0 : 1 };
}

type Values = Partial<Record<MeasuredColumn, number | null>>;

function row(batchSize: number | "full", values: Values, status: RunStatus = "finished"): RegimeRow {
  const measured = Object.fromEntries(
    columns.map((column) => {
      const value = values[column];
      return [column, value === undefined ? null : spread(value)];
    }),
  ) as RegimeRow["measured"];
  const counts = { finished: 0, diverged: 0, failed: 0, stopped: 0, [status]: 1 };
  const regime = {
    batchSize,
    momentum: 0,
    learningRate: 0.1,
    optimizer: "sgd",
    backend: "cpu",
    compile: "auto",
  } as const;
  return { ...regime, index: 0, label: "", realBatchSize: 1, counts, reason: null, measured };
}

const target = { loss: 0.1, from: "problem" } as const;
const ran = (status: RunStatus, count = 1) => Array.from({ length: count }, () => ({ status }));

const batch = row("full", { trainingLoss: 0.3, epochsToTarget: null, secondsToTarget: null });
const mini = row(32, { trainingLoss: 0.05, epochsToTarget: 7, secondsToTarget: 0.02 });
const single = row(1, { trainingLoss: 0.03, epochsToTarget: 2, secondsToTarget: 0.1 });

describe("what came out of a race", () => {
  it("is who got to the target on the fewest samples and in the least time, who never did, and who ended lowest", () => {
    expect(findingsOf({ regimes: [batch, mini, single], runs: ran("finished", 3), target })).toEqual([
      { kind: "fewest", target: 0.1, row: single, epochs: 2 },
      { kind: "fastest", row: mini, seconds: 0.02 },
      { kind: "missed", rows: [batch] },
      { kind: "lowest", row: single, loss: 0.03 },
    ]);
  });

  it("says so where none got there", () => {
    expect(findingsOf({ regimes: [batch], runs: ran("finished"), target })).toEqual([
      { kind: "noneReached", target: 0.1 },
      { kind: "lowest", row: batch, loss: 0.3 },
    ]);
  });

  it("names those that diverged and those that failed, and says nothing of their targets", () => {
    const wild = row(8, {}, "diverged");
    const broken = row(16, {}, "failed");
    const runs = [...ran("finished"), ...ran("diverged"), ...ran("failed")];
    const findings = findingsOf({ regimes: [mini, wild, broken], runs, target });
    expect(findings.map(({ kind }) => kind)).toEqual(["fewest", "fastest", "lowest", "diverged", "failed"]);
    expect(findings).toContainEqual({ kind: "diverged", rows: [wild] });
    expect(findings).toContainEqual({ kind: "failed", rows: [broken] });
  });

  it("counts what is missing of a race that was stopped", () => {
    const cut = row(1, {}, "stopped");
    const runs = [...ran("finished"), ...ran("stopped", 2)];
    expect(findingsOf({ regimes: [mini, cut], runs, target })).toContainEqual({ kind: "stopped", missing: 2, all: 3 });
  });

  it("is nothing where nothing was measured", () => {
    const cut = row(1, {}, "stopped");
    expect(findingsOf({ regimes: [cut], runs: ran("stopped"), target })).toEqual([
      { kind: "stopped", missing: 1, all: 1 },
    ]);
    expect(findingsOf({ regimes: [], runs: [], target: { loss: null, from: "best run" } })).toEqual([]);
  });
});
