import { computed } from "@preact/signals";
import type { Curve, Path, RegimeRow, RunStatus } from "rivulet";
import type { Look } from "../charts/mark.tsx";
import type { RaceTask } from "../racing/task.ts";
import { lookOf } from "./looks.ts";
import { raced, type Raced } from "./run.ts";
import { keyOf } from "./state.ts";

/** One run as it is drawn. */
export interface LaneRun {
  /** Counted from 0. */
  readonly repeat: number;
  /** Undefined while it is on. */
  readonly status: RunStatus | undefined;
  readonly curve: Curve;
  /** Null where it was not drawn, or the race is still on. */
  readonly path: Path | null;
}

/** A regime in the race. */
export interface Lane {
  readonly key: string;
  readonly batchSize: number | "full";
  readonly momentum: number | null;
  readonly look: Look;
  /** Of those that have begun to be measured, in the order of their repeats. */
  readonly runs: readonly LaneRun[];
  /** Its row of the table, once the race has ended. */
  readonly row: RegimeRow | undefined;
}

/** The regimes of the race that is shown, in the order of the table. */
export const lanes = computed<readonly Lane[]>(() => (raced.value === undefined ? [] : lanesOf(raced.value)));

/** @param race its curves alone while it is on, that of the run that is on among them; all that was measured in the end */
export function lanesOf({
  task,
  runs,
  live,
  comparison,
}: Pick<Raced, "task" | "runs" | "live" | "comparison">): Lane[] {
  const begun = live === undefined ? runs : [...runs, { ...live, status: undefined }];
  return regimesOf(task).map((regime) => {
    const key = keyOf(regime);
    const row = comparison?.regimes.find((each) => keyOf(each) === key);
    const measured =
      comparison === undefined
        ? begun.filter((run) => keyOf(run) === key).map((run) => ({ ...run, path: null }))
        : comparison.runs.filter((run) => run.regime === row?.index);
    const drawn = measured.filter(({ curve }) => curve.steps.length > 0);
    return { ...regime, key, row, look: lookOf(regime.batchSize, regime.momentum), runs: drawn };
  });
}

function regimesOf({ batchSizes, momenta }: RaceTask) {
  return batchSizes.flatMap((batchSize) => (momenta ?? [null]).map((momentum) => ({ batchSize, momentum })));
}
