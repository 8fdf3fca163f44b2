import { quantileSorted } from "simple-statistics";
import type { RegimeRun } from "../../regimes/regime.ts";

/** What a loss is drawn against. */
export type Axis = "epochs" | "steps" | "seconds";

/** Whose loss. */
export type LossName = "trainingLoss" | "validationLoss";

/** A regime's loss after so many steps, over its runs. */
export interface CurvePoint {
  readonly steps: number;
  readonly epochs: number;
  /** The median: no two runs take equally long. */
  readonly seconds: number;
  readonly median: number;
  /** The quartiles. */
  readonly lower: number;
  readonly upper: number;
  /** The runs that it is over. */
  readonly runs: number;
}

/** The runs of a regime that are drawn: those that finished, and where none did all that got anywhere. */
export function drawnRuns(runs: readonly RegimeRun[]): readonly RegimeRun[] {
  const finished = runs.filter(({ status }) => status === "finished");
  return (finished.length > 0 ? finished : runs).filter(({ curve }) => curve.steps.length > 0);
}

/**
 * The median of a regime's runs, at the steps at which more than half of them were looked at: with a budget in seconds
 * their ends differ. Where a loss is not finite there is no point.
 */
export function medianCurve(runs: readonly RegimeRun[], loss: LossName): readonly CurvePoint[] {
  const seen = new Map<number, { run: RegimeRun; index: number; loss: number }[]>();
  for (const run of runs) {
    for (const [index, step] of run.curve.steps.entries()) {
      const value = run.curve[loss]?.[index] ?? null;
      if (value !== null) seen.set(step, [...(seen.get(step) ?? []), { run, index, loss: value }]);
    }
  }
  return [...seen]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([steps, looks]) => {
      const [{ run, index } = {}] = looks;
      if (2 * looks.length <= runs.length || run === undefined || index === undefined) return [];
      const losses = looks.map((look) => look.loss).toSorted((a, b) => a - b);
      const seconds = looks.map((look) => look.run.curve.seconds[look.index] ?? 0).toSorted((a, b) => a - b);
      return {
        steps,
        epochs: run.curve.epochs[index] ?? 0,
        seconds: quantileSorted(seconds, 0.5),
        median: quantileSorted(losses, 0.5),
        lower: quantileSorted(losses, 0.25),
        upper: quantileSorted(losses, 0.75),
        runs: looks.length,
      };
    });
}
