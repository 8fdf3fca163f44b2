import { computed } from "@preact/signals";
import type { Stop } from "./path.ts";
import { paths } from "./run.ts";
import { parts } from "./state.ts";

/** Where the rule whose table is shown stands: at the shown step, or where its path ends. */
export const shownStop = computed<Stop | undefined>(() => {
  const stops = paths.value.get(parts.shown.value)?.stops;
  return stops?.[Math.min(parts.step.value, stops.length - 1)];
});
