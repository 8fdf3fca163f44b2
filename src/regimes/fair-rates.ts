import type { Budget, LearningRateSweep } from "./comparison.ts";
import type { Regime } from "./regime.ts";
import type { JobOutcome } from "./job.ts";
import type { NamedJob } from "./job-runner.ts";
import { jobOf, type ComparisonPlan } from "./plan.ts";
import { labelOf } from "./rows.ts";

/** A regime that looks for its rate. */
export interface FairRegime {
  readonly regime: Omit<Regime, "learningRate">;
  readonly candidates: readonly Regime[];
}

/** What a search for a rate may spend, as a share of a run. */
const share = 1 / 4;

/** That share of a budget; of what is counted, a whole number. */
function sweepBudget({ unit, amount }: Budget): Budget {
  return { unit, amount: unit === "seconds" ? amount * share : Math.ceil(amount * share) };
}

/** The regimes as they are but for their rates: a backend computes the same, so the first one looks for them all. */
export function fairRegimes({ regimes, settings }: ComparisonPlan): FairRegime[] {
  const count = settings.learningRates.length;
  return Array.from({ length: regimes.length / count }, (_, index) => {
    const candidates = regimes.slice(index * count, (index + 1) * count);
    const [{ learningRate: _rate, ...regime }] = candidates as [Regime];
    return { regime, candidates };
  });
}

/** The runs of the search: of each regime and candidate one, from the first seed. */
export function sweepJobs(plan: ComparisonPlan, fair: readonly FairRegime[]): NamedJob[] {
  const { seed, budget } = plan.settings;
  const [first] = plan.backends;
  const searching = fair.filter(({ regime }) => regime.backend === first?.name);
  return searching.flatMap(({ candidates }) =>
    candidates.map((candidate) => {
      const wants = { noise: false, weights: false };
      const name = `${labelOf(candidate, plan.regimes)}, a short run`;
      return { job: jobOf(plan, candidate, { seed, budget: sweepBudget(budget), wants }), name, turn: undefined };
    }),
  );
}

/**
 * Each regime's own best rate of those that were tried: the one with the lowest final loss on all training samples. A short
 * run favours rates that are good at first: Wu et al., 2018, https://arxiv.org/abs/1803.02021, on that bias.
 *
 * @param outcomes of the search's runs, in their order
 */
export function chooseRates(
  { settings }: ComparisonPlan,
  fair: readonly FairRegime[],
  outcomes: readonly JobOutcome[],
): LearningRateSweep[] {
  const count = settings.learningRates.length;
  return fair.map(({ candidates }, regime) => {
    const own = Math.floor((regime * count) % outcomes.length);
    const tried = candidates.map(({ learningRate }, index) => {
      const { status, curve } = outcomes[own + index] as JobOutcome;
      return { learningRate, loss: status === "finished" ? (curve.trainingLoss.at(-1) ?? null) : null };
    });
    const [best] = tried.filter(({ loss }) => loss !== null).toSorted((a, b) => (a.loss ?? NaN) - (b.loss ?? NaN));
    return { regime, budget: sweepBudget(settings.budget), tried, chosen: best?.learningRate ?? null };
  });
}
