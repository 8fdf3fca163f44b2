import { computed, effect, signal, untracked } from "@preact/signals";
import { extentOf, momentAt } from "./course.ts";
import { lanes } from "./lanes.ts";
import { liveExtent } from "./live-extent.ts";
import { isRacing, raced } from "./run.ts";
import { positions, state } from "./state.ts";

/** From the start to the end, in ms. */
const duration = 9000;

/** Who wants things still sees it in so many leaps. */
const leaps = 12;

const stillness = typeof matchMedia === "undefined" ? undefined : matchMedia("(prefers-reduced-motion: reduce)");

/** Where the replay stands, from 0 to `positions`: it moves too often to be in the page's state, which has where it stops. */
export const position = signal(positions);

/** Whether it goes on by itself. */
export const isPlaying = signal(false);

const axis = computed(() => {
  const { by, logx } = state.value;
  return { by, isLogarithmic: logx };
});

/** How far the axis reaches: as far as the longest run, or while they run as far as it will. */
export const extent = computed(() => {
  const { by, isLogarithmic } = axis.value;
  const curves = lanes.value.flatMap(({ runs }) => runs.map(({ curve }) => curve));
  if (!isRacing.value || raced.value === undefined) return extentOf(curves, by, isLogarithmic);
  return liveExtent(curves, by, isLogarithmic, raced.value.task);
});

/** The epochs, seconds or steps after which all regimes are shown: while they run, all that there is of them. */
export const moment = computed(() =>
  isRacing.value ? extent.value.most : momentAt(position.value / positions, extent.value, axis.value.isLogarithmic),
);

/** Keeps the replay and the page's state together while the page is open. @returns what ends that */
export function startPlayback(): () => void {
  const stopFollowing = effect(() => {
    const { at } = state.value;
    if (!isPlaying.peek()) position.value = at;
  });
  let seen = raced.peek()?.comparison;
  const stopWaiting = effect(() => {
    const { comparison, isAsked = false } = raced.value ?? {};
    if (comparison === seen) return;
    seen = comparison;
    // Whoever raced sees it run once; who opened a link finds it as it was left.
    if (comparison !== undefined && isAsked && stillness?.matches !== true) play();
  });
  const stopPlaying = effect(playWhileAsked);
  return () => {
    pause();
    stopFollowing();
    stopWaiting();
    stopPlaying();
  };
}

/** Goes on by itself, from the start if it stands at the end. */
export function play(): void {
  if (position.peek() >= positions) position.value = 0;
  isPlaying.value = true;
}

/** Stands still, and has the address say where. */
export function pause(): void {
  isPlaying.value = false;
  const at = Math.round(position.peek());
  if (at !== untracked(() => state.value.at)) state.change({ at });
}

/** Goes to a place, and stands there. */
export function seek(to: number): void {
  position.value = Math.max(0, Math.min(positions, to));
  pause();
}

function playWhileAsked(): (() => void) | undefined {
  if (!isPlaying.value) return undefined;
  const from = position.peek();
  const began = performance.now();
  let frame = requestAnimationFrame(function advance(now) {
    const part = Math.max(0, now - began) / duration;
    const moved = stillness?.matches === true ? Math.floor(part * leaps) / leaps : part;
    const to = from + moved * positions;
    if (to >= positions) {
      seek(positions);
      return;
    }
    if (to !== position.peek()) position.value = to;
    frame = requestAnimationFrame(advance);
  });
  return () => cancelAnimationFrame(frame);
}
