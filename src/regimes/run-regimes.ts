import type { LearningRateSweep, Regime } from "./comparison.ts";
import { chooseRates, fairRegimes, sweepJobs } from "./fair-rates.ts";
import { interleave, type Turn } from "./interleave.ts";
import type { JobOutcome } from "./job.ts";
import { JobRunner, type NamedJob } from "./job-runner.ts";
import { jobOf, type ComparisonPlan } from "./plan.ts";
import { labelOf } from "./rows.ts";
import { keepsWeights } from "./slice-of-runs.ts";

/** What came of all the runs. */
export interface RegimesRun {
  readonly regimes: readonly Regime[];
  readonly sweeps: readonly LearningRateSweep[] | null;
  readonly turns: readonly Turn[];
  /** In the order of the turns. */
  readonly outcomes: readonly JobOutcome[];
}

/** Runs every regime as often as asked for; before that, if asked for, the search for the rate of each. */
export async function runRegimes(plan: ComparisonPlan): Promise<RegimesRun> {
  return plan.settings.fairLearningRates ? runFairly(plan) : runAsGiven(plan);
}

async function runAsGiven(plan: ComparisonPlan): Promise<RegimesRun> {
  const { regimes, settings } = plan;
  const turns = interleave(regimes.length, settings.repeats);
  const jobs = turns.map((turn) => jobFor(plan, regimes, turn));
  const outcomes = await new JobRunner(settings, jobs).run(jobs);
  return { regimes, sweeps: null, turns, outcomes };
}

async function runFairly(plan: ComparisonPlan): Promise<RegimesRun> {
  const fair = fairRegimes(plan);
  const turns = interleave(fair.length, plan.settings.repeats);
  const searches = sweepJobs(plan, fair);
  const jobsAt = (regimes: readonly Regime[]) => turns.map((turn) => jobFor(plan, regimes, turn));
  const leastRate = Math.min(...plan.settings.learningRates);
  const withRates = (rateOf: (index: number) => number | null | undefined) =>
    fair.map(({ regime }, index) => ({ ...regime, learningRate: rateOf(index) ?? leastRate }));
  const runner = new JobRunner(plan.settings, [...searches, ...jobsAt(withRates(() => undefined))]);
  const sweeps = chooseRates(plan, fair, await runner.run(searches));
  const regimes = withRates((index) => sweeps[index]?.chosen);
  return { regimes, sweeps, turns, outcomes: await runner.run(jobsAt(regimes)) };
}

function jobFor(plan: ComparisonPlan, regimes: readonly Regime[], turn: Turn): NamedJob {
  const { seed, budget, repeats } = plan.settings;
  const regime = regimes[turn.regime] as Regime;
  const wants = { noise: true, weights: keepsWeights(plan, turn) };
  const name = `${labelOf(regime, regimes)}, repeat ${turn.repeat + 1} of ${repeats}`;
  return { job: jobOf(plan, regime, { seed: seed + turn.repeat, budget, wants }), name, turn };
}
