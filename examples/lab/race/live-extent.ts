import type { Curve } from "rivulet";
import type { RaceTask } from "../racing/task.ts";
import { extentOf, type Extent } from "./course.ts";
import { roundAbove, roundBelow } from "./round-numbers.ts";
import type { Measure } from "./state.ts";
import { mostSteps } from "./task.ts";

/**
 * How far an axis reaches while the race is on: as far as it will in the end; in seconds, which nobody knows before, to a
 * round number, so that it seldom changes.
 */
export function liveExtent(curves: readonly Curve[], by: Measure, isLogarithmic: boolean, task: RaceTask): Extent {
  const { least, most } = extentOf(curves, by, isLogarithmic);
  switch (by) {
    case "epochs":
      return { least, most: task.epochs };
    case "steps":
      return { least, most: mostSteps(task) };
    case "seconds":
    default:
      return { least: isLogarithmic ? roundBelow(least) : 0, most: roundAbove(most) };
  }
}

/** The range of the losses while the race is on: round numbers, so that it seldom changes. */
export function liveRange({ least, most }: Extent): Extent {
  return { least: least > 0 ? roundBelow(least) : 0, most: roundAbove(most) };
}
