import { effect, signal, type ReadonlySignal } from "@preact/signals";
import { isPlaying, picture } from "./run.ts";
import { parts } from "./state.ts";

/** The shown step, at every second picture while it runs. */
function everySecond(turn: 0 | 1): ReadonlySignal<number> {
  const calm = signal(parts.step.peek());
  effect(() => {
    const step = parts.step.value;
    if (!isPlaying.value || picture.value % 2 === turn) calm.value = step;
  });
  return calm;
}

/**
 * The shown step for what is read, where the picture of the paths is watched: thirty numbers a second are more than anybody
 * reads. The table and the charts take turns, so that each picture has as much to draw.
 */
export const calmSteps = { table: everySecond(0), charts: everySecond(1) } as const;
