import { quantileSorted } from "simple-statistics";
import type { LossSlice, RegimeComparison } from "../../src/regimes/comparison.ts";
import type { MeasuredColumn, Regime, RegimeRow, RegimeRun, Spread } from "../../src/regimes/regime.ts";
import { lossAt, regimeRun, sampleCount } from "./regime-runs.ts";

interface SampleOptions {
  readonly batchSizes?: readonly (number | "full")[];
  readonly momenta?: readonly number[];
  readonly repeats?: number;
  readonly learningRate?: number;
}

const target = 0.03;

/** A small comparison whose curves and paths come of real runs: 8 regimes, 3 repeats, two weights. */
export function sampleComparison(options: SampleOptions = {}): RegimeComparison {
  const { batchSizes = ["full", 32, 8, 1], momenta = [0, 0.9], repeats = 3, learningRate = 0.05 } = options;
  const regimes = batchSizes.flatMap((batchSize) =>
    momenta.map((momentum): Regime => {
      return { batchSize, momentum, learningRate, optimizer: "sgd", backend: "cpu", compile: "auto" };
    }),
  );
  const runs = regimes.flatMap(({ batchSize, momentum }, regime) =>
    Array.from({ length: repeats }, (_, repeat) => {
      const size = batchSize === "full" ? sampleCount : batchSize;
      return regimeRun({ regime, repeat, batchSize: size, momentum: momentum ?? 0, learningRate, epochs: 20, target });
    }),
  );
  return comparisonOf(regimes, runs, repeats);
}

/** Runs put together as `compareRegimes` does. */
function comparisonOf(regimes: readonly Regime[], runs: readonly RegimeRun[], repeats: number): RegimeComparison {
  return {
    format: "rivulet-regime-comparison",
    formatVersion: 1,
    problem: {
      name: "line",
      description: "64 noisy points on a line.",
      trainingSamples: sampleCount,
      validationSamples: 16,
      features: 1,
      outputs: 1,
    },
    network: { layers: [1, 1], activation: "tanh", loss: "meanSquaredError", parameters: 2 },
    budget: { unit: "epochs", amount: 20 },
    target: { loss: target, from: "asked" },
    repeats,
    seeds: Array.from({ length: repeats }, (_, repeat) => 42 + repeat),
    backends: [{ name: "cpu", description: "cpu runs: tfjs 4.22.0, float32, 1 thread." }],
    machine: {
      processor: "A Processor at 3 GHz",
      cores: 4,
      system: "Linux 6.1 x64",
      runtime: "Node 20.20.2",
      rivulet: "0.1.0",
      tfjs: "4.22.0",
      load: 0.25,
    },
    command: "npx rivulet bench --batch-sizes full,32,8,1 --momentum 0,0.9 --html report.html",
    startedAt: "2026-01-31T12:00:00.000Z",
    wallSeconds: 12.3,
    workers: 1,
    secondsAreComparable: true,
    whySecondsAreNot: null,
    isComplete: true,
    whyIncomplete: null,
    regimes: regimes.map((regime, index) => rowOf(regime, index, runs)),
    runs,
    slice: sliceAround(runs),
    learningRateSweeps: null,
  };
}

function rowOf(regime: Regime, index: number, runs: readonly RegimeRun[]): RegimeRow {
  const own = runs.filter((run) => run.regime === index);
  const finished = own.filter(({ status }) => status === "finished");
  const count = (status: RegimeRun["status"]) => own.filter((run) => run.status === status).length;
  const batch = regime.batchSize === "full" ? "full batch" : `batch ${regime.batchSize}`;
  const columns = Object.keys(own[0]?.measured ?? {}) as MeasuredColumn[];
  const spreadIn = (column: MeasuredColumn) => {
    const missing = column.endsWith("ToTarget") ? [Infinity] : [];
    return spreadOf(finished.flatMap(({ measured }) => measured[column] ?? missing));
  };
  return {
    ...regime,
    index,
    label: `${batch}, ${regime.momentum ? `momentum ${regime.momentum}` : "no momentum"}`,
    realBatchSize: regime.batchSize === "full" ? sampleCount : regime.batchSize,
    counts: {
      finished: finished.length,
      diverged: count("diverged"),
      failed: count("failed"),
      stopped: count("stopped"),
    },
    reason: own.find(({ reason }) => reason !== null)?.reason ?? null,
    measured: Object.fromEntries(columns.map((column) => [column, spreadIn(column)])) as RegimeRow["measured"],
  };
}

function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const [median, lower, upper, least, largest] = [0.5, 0.25, 0.75, 0, 1].map((share) => {
    const quantile = quantileSorted(sorted, share);
    return Number.isFinite(quantile) ? quantile : null;
  }) as [number, number, number, number, number];
  return { median, lower, upper, least, largest, count: values.filter(Number.isFinite).length };
}

function sliceAround(runs: readonly RegimeRun[]): LossSlice {
  const places = (numbers: readonly number[]) => {
    const [least, largest] = [Math.min(...numbers) - 0.4, Math.max(...numbers) + 0.4];
    return Array.from({ length: 25 }, (_, index) => least + (index * (largest - least)) / 24);
  };
  const finished = runs.filter(({ status }) => status === "finished");
  const x = places([2, ...finished.flatMap(({ path }) => path?.x ?? [])]);
  const y = places([1, ...finished.flatMap(({ path }) => path?.y ?? [])]);
  return {
    kind: "parameters",
    axes: ["dense_1/kernel", "dense_1/bias"],
    repeat: 0,
    origin: [0, 0],
    directions: [
      [1, 0],
      [0, 1],
    ],
    explained: null,
    x,
    y,
    losses: y.map((row) => x.map((column) => lossAt([column, row]))),
  };
}
