import type { LearningRateSweep } from "./comparison.ts";
import type { Regime } from "./regime.ts";
import type { Turn } from "./interleave.ts";
import type { JobOutcome } from "./job.ts";
import type { ComparisonProgress } from "./remaining-time.ts";

/** What came of the runs. */
export interface RegimesRun {
  readonly regimes: readonly Regime[];
  readonly sweeps: readonly LearningRateSweep[] | null;
  readonly turns: readonly Turn[];
  /** In the order of the turns; `notRun` for those that have not ended. */
  readonly outcomes: readonly JobOutcome[];
  /** How many jobs have ended, of how many, those of the search too. */
  readonly jobs: Pick<ComparisonProgress, "done" | "total">;
}
