import { batch, computed, effect, signal } from "@preact/signals";
import { currentExpression, currentFunction, readFormulas } from "./current-function.ts";
import type { DescentFunction } from "./functions.ts";
import { PathFinder, type Paths } from "./path-finder.ts";
import type { PathTask } from "./path-task.ts";
import { mostSteps, parts, state } from "./state.ts";
import { StepClock } from "./step-clock.ts";

/** The way down by each chosen rule, as far as it was computed. */
export const paths = signal<Paths>(new Map());

/** Whether some of them are still being computed. */
export const isBusy = signal(false);

/** Whether the steps go on by themselves. */
export const isPlaying = signal(false);

/** Which picture is drawn while they do, counted from the first one of all. */
export const picture = signal(0);

/**
 * How far the paths reach: twice as far whenever the shown step comes near, so that they are rarely computed anew. Near
 * is half as far again, since a longer path takes longer: a run must not wait for it.
 */
const horizon = computed(() => {
  const wanted = Math.max(32, 2 ** Math.ceil(Math.log2(1.5 * parts.step.value + 16)));
  // One more than can be shown: the last row says how far its step goes.
  return Math.min(wanted, mostSteps + 1);
});

/** What the paths depend on, as one text: it stays the same while only the shown step changes. */
const task = computed(() => {
  const { x, y, rate, momentum, rules, shown } = parts;
  // The one that is looked at first.
  const order = [shown.value, ...rules.value.filter((rule) => rule !== shown.value)];
  const start = [x.value, y.value];
  return JSON.stringify({ start, rate: rate.value, momentum: momentum.value, order, steps: horizon.value });
});

/** The function as a worker is told of it; undefined while there is none. */
function descended(): PathTask["f"] | undefined {
  const [name, expression] = [parts.f.value, currentExpression.value];
  if (name !== "own") return name;
  const variables = currentFunction.value?.variables;
  return expression === undefined || variables === undefined ? undefined : { expression, variables };
}

async function compute(finder: PathFinder, wanted: PathTask, whileWanted: AbortSignal): Promise<void> {
  isBusy.value = true;
  const found = await finder.find(wanted, whileWanted);
  if (found === undefined || whileWanted.aborted) return;
  batch(() => {
    paths.value = found;
    isBusy.value = false;
  });
}

/** Keeps the paths up to date while the page is open. @returns what ends that; nothing goes on afterwards */
export function startRun(): () => void {
  const finder = new PathFinder();
  let controller = new AbortController();
  let last: DescentFunction | undefined;
  const stopReading = readFormulas();
  const stopComputing = effect(() => {
    const f = currentFunction.value;
    const next = { f: descended(), ...(JSON.parse(task.value) as Omit<PathTask, "f">) };
    controller.abort();
    controller = new AbortController();
    // Another function's paths have no place in the new one's picture.
    if (f !== last) paths.value = new Map();
    last = f;
    if (next.f === undefined) isBusy.value = false;
    else void compute(finder, { ...next, f: next.f }, controller.signal);
  });
  const stopPreparing = effect(() => {
    if (isPlaying.value) finder.prepare();
  });
  const stopPlaying = effect(playWhileAsked);
  return () => {
    isPlaying.value = false;
    stopReading();
    stopComputing();
    stopPreparing();
    stopPlaying();
    controller.abort();
    finder.close();
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
  const clock = new StepClock(performance.now());
  let frame = requestAnimationFrame(function advance(now) {
    const due = clock.take(now, Number(state.value.speed));
    batch(() => {
      picture.value++;
      if (due > 0) stepBy(due);
    });
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
