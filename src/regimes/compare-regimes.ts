import type { RegimeComparison, RegimeRun } from "./comparison.ts";
import type { JobOutcome } from "./job.ts";
import { describeMachine } from "./machine.ts";
import { measuredOf } from "./measured-columns.ts";
import { resolveOptions, who, type CompareRegimesOptions } from "./options.ts";
import { planComparison, type ComparisonPlan } from "./plan.ts";
import { readProblem, type RegimeProblem } from "./problem.ts";
import { rowsOf } from "./rows.ts";
import { runRegimes } from "./run-regimes.ts";
import { sliceOf } from "./slice-of-runs.ts";
import { targetOf } from "./target.ts";

/**
 * Compares regimes of descent on one problem: full batch, mini-batches and single samples, with momentum and without, at
 * the same budget, from the same initial weights and in the same order of the samples.
 *
 *     const comparison = await compareRegimes({ x, y, validation: [xTest, yTest] }, { batchSizes: ["full", 32, 1] });
 *     for (const { label, measured } of comparison.regimes) console.log(label, measured.trainingLoss?.median);
 *
 * Each run is a `fit` of its own. Its steps are timed without what comes before them: a throw-away run warms compilers up,
 * recording steps is timed apart, and the clock is held while the losses on all samples are measured. Regimes take turns
 * from repeat to repeat. What cannot train is a row that says so: one that diverged, an error, a worker that died. A signal
 * that aborts ends it with what was measured so far.
 *
 * @throws before anything runs: HyperparameterError, UnknownNameError, DataError, ShapeError, DisposedError for a problem or
 * options that make no sense; BackendError for a backend that does not start, or if none runs
 */
export async function compareRegimes(
  problem: RegimeProblem,
  options: CompareRegimesOptions = {},
): Promise<RegimeComparison> {
  const [startedAt, start] = [new Date().toISOString(), performance.now()];
  const samples = await readProblem(who, problem);
  const plan = await planComparison(problem, resolveOptions(problem, options), samples);
  const machine = describeMachine();
  const measured = await measureRegimes(plan);
  return {
    format: "rivulet-regime-comparison",
    formatVersion: 1,
    ...questionOf(plan),
    ...measured,
    machine,
    startedAt,
    wallSeconds: (performance.now() - start) / 1000,
    ...howFarComparable(plan, measured.runs),
  };
}

/** What was asked. */
function questionOf({ problem, samples, network, summary, settings, backends }: ComparisonPlan) {
  const { budget, repeats, seed, workers, command } = settings;
  return {
    problem: {
      name: problem.name ?? "data",
      description: problem.description ?? "",
      trainingSamples: samples.count,
      validationSamples: samples.validation?.x.shape[0] ?? 0,
      features: samples.features,
      outputs: network.outputs,
    },
    network: summary,
    budget,
    repeats,
    seeds: Array.from({ length: repeats }, (_, repeat) => seed + repeat),
    backends,
    workers,
    command,
  };
}

/** What came of it. */
async function measureRegimes(plan: ComparisonPlan) {
  const { settings, samples } = plan;
  const { turns, regimes, sweeps, outcomes } = await runRegimes(plan);
  const target = targetOf(settings.targetLoss, settings.problemTarget, outcomes);
  const { slice, paths } = await sliceOf(plan, turns, outcomes);
  const runs = turns.map((turn, index): RegimeRun => {
    const outcome = outcomes[index] as JobOutcome;
    const { status, reason, compiled, curve, gradientNoise } = outcome;
    const seed = settings.seed + turn.repeat;
    const how = { seed, status, reason, compiled, measured: measuredOf(outcome, target) };
    return { ...turn, ...how, curve, gradientNoise, path: paths[index] ?? null };
  });
  const ordered = runs.toSorted((a, b) => a.regime - b.regime || a.repeat - b.repeat);
  const rows = await rowsOf(regimes, ordered, samples.count);
  return { target, regimes: rows, runs: ordered, slice, learningRateSweeps: sweeps };
}

function howFarComparable({ settings: { workers } }: ComparisonPlan, runs: readonly RegimeRun[]) {
  const missing = runs.filter(({ status }) => status === "stopped").length;
  return {
    secondsAreComparable: workers === 1,
    whySecondsAreNot: workers === 1 ? null : `${workers} jobs ran at a time and slowed each other down. Compare steps.`,
    isComplete: missing === 0,
    whyIncomplete:
      missing === 0 ? null : `It was interrupted: ${missing} of ${runs.length} runs are missing or cut short.`,
  };
}
