import { lanes } from "./lanes.ts";
import { state } from "./state.ts";

/** How much of a regime is seen: where one of the race stands out, the others step back. */
export function opacityOf(key: string): number {
  const { single } = state.value;
  return single === key || !lanes.value.some((lane) => lane.key === single) ? 1 : 0.18;
}

/** Has a regime stand out, or no longer. */
export function toggleSingle(key: string): void {
  state.change({ single: state.value.single === key ? "" : key });
}
