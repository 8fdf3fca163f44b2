import { comparisonOf } from "./comparison-of.ts";
import type { RegimeComparison } from "./comparison.ts";
import { describeMachine } from "./machine.ts";
import { resolveOptions, who, type CompareRegimesOptions } from "./options.ts";
import { planComparison } from "./plan.ts";
import { readProblem, type RegimeProblem } from "./problem.ts";
import type { RegimesRun } from "./regimes-run.ts";
import { runRegimes } from "./run-regimes.ts";
import { sliceOf, type SlicedRuns } from "./slice-of-runs.ts";

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
 * options that make no sense; BackendError for a backend that does not start, or if none runs. Later only what `onRunEnd`
 * throws
 */
export async function compareRegimes(
  problem: RegimeProblem,
  options: CompareRegimesOptions = {},
): Promise<RegimeComparison> {
  const [startedAt, start] = [new Date().toISOString(), performance.now()];
  const samples = await readProblem(who, problem);
  const plan = await planComparison(problem, resolveOptions(problem, options), samples);
  const machine = describeMachine();
  const asItStands = async (made: RegimesRun, sliced?: SlicedRuns) =>
    comparisonOf({ plan, made, sliced, machine, startedAt, wallSeconds: (performance.now() - start) / 1000 });
  const made = await runRegimes(plan, async (soFar) => plan.settings.onRunEnd?.(async () => asItStands(soFar)));
  return asItStands(made, await sliceOf(plan, made));
}
