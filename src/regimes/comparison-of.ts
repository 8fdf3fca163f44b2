import type { Machine, RegimeComparison } from "./comparison.ts";
import type { RegimeRun } from "./regime.ts";
import type { JobOutcome } from "./job.ts";
import { measuredOf } from "./measured-columns.ts";
import type { ComparisonPlan } from "./plan.ts";
import { rowsOf } from "./rows.ts";
import { notRun } from "./run-all.ts";
import type { RegimesRun } from "./regimes-run.ts";
import type { SlicedRuns } from "./slice-of-runs.ts";
import { targetOf } from "./target.ts";

/** What a comparison is made of. */
export interface ComparisonParts {
  readonly plan: ComparisonPlan;
  readonly made: RegimesRun;
  /** Undefined while the comparison still goes on: it is put together as it stands. */
  readonly sliced: SlicedRuns | undefined;
  readonly machine: Machine;
  readonly startedAt: string;
  readonly wallSeconds: number;
}

/** What was asked, and what came of it. */
export async function comparisonOf(parts: ComparisonParts): Promise<RegimeComparison> {
  const { plan, made, machine, startedAt, wallSeconds } = parts;
  const target = targetOf(plan.settings.targetLoss, plan.settings.problemTarget, made.outcomes);
  const runs = runsOf(parts, target);
  return {
    format: "rivulet-regime-comparison",
    formatVersion: 1,
    ...questionOf(plan),
    target,
    regimes: await rowsOf(made.regimes, runs, plan.samples.count),
    runs,
    slice: parts.sliced?.slice ?? null,
    learningRateSweeps: made.sweeps,
    machine,
    startedAt,
    wallSeconds,
    ...howFarComparable(plan),
    ...howComplete(runs, parts.sliced !== undefined),
  };
}

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

function runsOf({ plan, made, sliced }: ComparisonParts, target: RegimeComparison["target"]): RegimeRun[] {
  const runs = made.turns.map((turn, index): RegimeRun => {
    const outcome = made.outcomes[index] as JobOutcome;
    const { status, reason, compiled, curve, gradientNoise } = outcome;
    const why = outcome === notRun && sliced === undefined ? "It had not ended when this was written." : reason;
    const how = { seed: plan.settings.seed + turn.repeat, status, reason: why, compiled };
    const measured = measuredOf(outcome, target);
    return { ...turn, ...how, measured, curve, gradientNoise, path: sliced?.paths[index] ?? null };
  });
  return runs.toSorted((a, b) => a.regime - b.regime || a.repeat - b.repeat);
}

function howFarComparable({ settings: { workers } }: ComparisonPlan) {
  return {
    secondsAreComparable: workers === 1,
    whySecondsAreNot: workers === 1 ? null : `${workers} jobs ran at a time and slowed each other down. Compare steps.`,
  };
}

function howComplete(runs: readonly RegimeRun[], isOver: boolean) {
  const missing = runs.filter(({ status }) => status === "stopped").length;
  const some = `${missing} of ${runs.length} runs are missing or cut short.`;
  if (!isOver) {
    const rest = missing === 0 ? "The loss around the paths is missing." : some;
    return { isComplete: false, whyIncomplete: `It was not over when this was written. ${rest}` };
  }
  return { isComplete: missing === 0, whyIncomplete: missing === 0 ? null : `It was interrupted: ${some}` };
}
