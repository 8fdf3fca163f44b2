import type { Regime } from "./regime.ts";
import { chooseRates, fairRegimes, sweepJobs } from "./fair-rates.ts";
import { interleave, type Turn } from "./interleave.ts";
import type { JobOutcome } from "./job.ts";
import { JobRunner, type NamedJob } from "./job-runner.ts";
import { jobOf, type ComparisonPlan } from "./plan.ts";
import type { RegimesRun } from "./regimes-run.ts";
import { labelOf } from "./rows.ts";
import { keepsWeights } from "./slice-of-runs.ts";

/** Called when a run has ended, with what came of all so far, and awaited. */
type OnRunEnd = (soFar: RegimesRun) => Promise<unknown>;

/** Runs every regime as often as asked for; before that, if asked for, the search for the rate of each. */
export async function runRegimes(plan: ComparisonPlan, onRunEnd: OnRunEnd): Promise<RegimesRun> {
  return plan.settings.fairLearningRates ? runFairly(plan, onRunEnd) : runAsGiven(plan, onRunEnd);
}

async function runAsGiven(plan: ComparisonPlan, onRunEnd: OnRunEnd): Promise<RegimesRun> {
  const { regimes, settings } = plan;
  const turns = interleave(regimes.length, settings.repeats);
  const jobs = turns.map((turn) => jobFor(plan, regimes, turn));
  const runner = new JobRunner(settings, jobs);
  const made = (outcomes: readonly JobOutcome[]) => {
    return { regimes, sweeps: null, turns, outcomes, jobs: runner.counts };
  };
  return made(await runner.run(jobs, async (outcomes) => onRunEnd(made(outcomes))));
}

async function runFairly(plan: ComparisonPlan, onRunEnd: OnRunEnd): Promise<RegimesRun> {
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
  const made = (outcomes: readonly JobOutcome[]) => ({ regimes, sweeps, turns, outcomes, jobs: runner.counts });
  return made(await runner.run(jobsAt(regimes), async (outcomes) => onRunEnd(made(outcomes))));
}

function jobFor(plan: ComparisonPlan, regimes: readonly Regime[], turn: Turn): NamedJob {
  const { seed, budget, repeats } = plan.settings;
  const regime = regimes[turn.regime] as Regime;
  const wants = { noise: true, weights: keepsWeights(plan, turn) };
  const name = `${labelOf(regime, regimes)}, repeat ${turn.repeat + 1} of ${repeats}`;
  return { job: jobOf(plan, regime, { seed: seed + turn.repeat, budget, wants }), name, turn };
}
