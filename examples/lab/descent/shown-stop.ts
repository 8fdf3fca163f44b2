import { computed } from "@preact/signals";
import type { Stop } from "./path.ts";
import { paths } from "./run.ts";
import { state } from "./state.ts";

/** Where the rule whose table is shown stands: at the shown step, or where its path ends. */
export const shownStop = computed<Stop | undefined>(() => {
  const { shown, step } = state.value;
  const stops = paths.value.get(shown)?.stops;
  return stops?.[Math.min(step, stops.length - 1)];
});
