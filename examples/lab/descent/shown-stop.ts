import { computed, type ReadonlySignal } from "@preact/signals";
import { calmSteps } from "./calm-step.ts";
import type { Stop } from "./path.ts";
import { paths } from "./run.ts";
import { parts } from "./state.ts";

/** Where the rule whose table is shown stands: at a step, or where its path ends. */
function stopAt(step: ReadonlySignal<number>): ReadonlySignal<Stop | undefined> {
  return computed(() => {
    const stops = paths.value.get(parts.shown.value)?.stops;
    return stops?.[Math.min(step.value, stops.length - 1)];
  });
}

/** Where it stands. */
export const shownStop = stopAt(parts.step);

/** The same for the charts, which follow at every second picture. */
export const chartedStop = stopAt(calmSteps.charts);
