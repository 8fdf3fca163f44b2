import { batch, computed, effect, signal } from "@preact/signals";
import { nextTask } from "../shell/next-task.ts";
import { currentFunction, readFormulas } from "./current-function.ts";
import type { DescentFunction } from "./functions.ts";
import { descend, type DescentPath } from "./path.ts";
import type { RuleName } from "./rules.ts";
import { mostSteps, state } from "./state.ts";

/** The way down by each chosen rule, as far as it was computed. */
export const paths = signal<ReadonlyMap<RuleName, DescentPath>>(new Map());

/** Whether some of them are still being computed. */
export const isBusy = signal(false);

/** Whether the steps go on by themselves. */
export const isPlaying = signal(false);

/** How many steps are computed beyond the one that is shown, at least. */
const ahead = 16;

/** How far the paths reach: twice as far whenever the shown step comes near, so that they are rarely computed anew. */
const horizon = computed(() => {
  const wanted = Math.max(32, 2 ** Math.ceil(Math.log2(state.value.step + ahead)));
  // One more than can be shown: the last row says how far its step goes.
  return Math.min(wanted, mostSteps + 1);
});

/** What the paths depend on, as one text: it stays the same while only the shown step changes. */
const task = computed(() => {
  const { x, y, rate, momentum, rules, shown } = state.value;
  // The one that is looked at first.
  const order = [shown, ...rules.filter((rule) => rule !== shown)];
  return JSON.stringify({ start: [x, y], rate, momentum, order, steps: horizon.value });
});

interface Task {
  readonly start: readonly [number, number];
  readonly rate: number;
  readonly momentum: number;
  readonly order: readonly RuleName[];
  readonly steps: number;
}

async function compute(f: DescentFunction, { order, ...descent }: Task, whileWanted: AbortSignal): Promise<void> {
  isBusy.value = true;
  const found = new Map<RuleName, DescentPath>();
  for (const rule of order) {
    await nextTask();
    const path = await descend({ f, rule, ...descent }, whileWanted);
    if (path === undefined || whileWanted.aborted) return;
    found.set(rule, path);
  }
  batch(() => {
    paths.value = found;
    isBusy.value = false;
  });
}

/** Keeps the paths up to date while the page is open. @returns what ends that; nothing goes on afterwards */
export function startRun(): () => void {
  let controller = new AbortController();
  let last: DescentFunction | undefined;
  const stopReading = readFormulas();
  const stopComputing = effect(() => {
    const f = currentFunction.value;
    const next = JSON.parse(task.value) as Task;
    controller.abort();
    controller = new AbortController();
    // Another function's paths have no place in the new one's picture.
    if (f !== last) paths.value = new Map();
    last = f;
    if (f !== undefined) void compute(f, next, controller.signal);
  });
  const stopPlaying = effect(playWhileAsked);
  return () => {
    isPlaying.value = false;
    stopReading();
    stopComputing();
    stopPlaying();
    controller.abort();
    isBusy.value = false;
    paths.value = new Map();
  };
}

/** The last step that there is anything to see of; undefined while no path is there. */
export const lastStep = computed(() => {
  const ends = [...paths.value.values()].map(({ stops, ending }) =>
    ending === undefined ? mostSteps : stops.length - 1,
  );
  return ends.length === 0 ? undefined : Math.max(...ends);
});

/** How many steps all paths have been computed for. */
function available(): number {
  const ends = [...paths.value.values()].map(({ stops, ending }) =>
    ending === undefined ? stops.length - 1 : mostSteps,
  );
  return Math.min(mostSteps, ...ends);
}

function playWhileAsked(): (() => void) | undefined {
  if (!isPlaying.value) return undefined;
  let since = performance.now();
  let frame = requestAnimationFrame(function advance(now) {
    const due = Math.floor(((now - since) / 1000) * Number(state.value.speed));
    if (due > 0) {
      since = now;
      stepBy(due);
    }
    frame = requestAnimationFrame(advance);
  });
  return () => cancelAnimationFrame(frame);
}

/** Goes on, or back, by some steps, as far as there are any; a run that has come to its end pauses. */
export function stepBy(steps: number): void {
  const last = lastStep.peek();
  if (last === undefined) return;
  const wanted = state.value.step + steps;
  const step = Math.max(0, Math.min(wanted, last, available()));
  if (step !== state.value.step) state.change({ step });
  if (step >= last) isPlaying.value = false;
}

/** Starts to run, from the beginning if it stands at the end; or pauses. */
export function togglePlaying(): void {
  if (!isPlaying.value && state.value.step >= (lastStep.value ?? mostSteps)) state.change({ step: 0 });
  isPlaying.value = !isPlaying.value;
}

/** Back to the start. */
export function reset(): void {
  isPlaying.value = false;
  state.change({ step: 0 });
}
