import { batch, computed, effect, signal, untracked } from "@preact/signals";
import type { RegimeComparison } from "rivulet";
import { connectRacing, type RaceLink } from "../racing/connect.ts";
import type { EndedRun, RaceEvent, RaceProgress, Running } from "../racing/messages.ts";
import type { RaceTask } from "../racing/task.ts";
import { workerTensors } from "../shell/tensor-count.ts";
import type { Fault } from "../training/messages.ts";
import { withPoints, type LiveRun } from "./live-run.ts";
import { positions, state } from "./state.ts";
import { taskKey, taskOf } from "./task.ts";

/** A race that was begun, and what is known of it so far. */
export interface Raced {
  readonly task: RaceTask;
  /** The task as one text. */
  readonly key: string;
  /** Whether the page's own button began it, not a link. */
  readonly isAsked: boolean;
  readonly running: Running | undefined;
  /** In the order in which they ended. */
  readonly runs: readonly EndedRun[];
  /** The run that is on; undefined while none is. */
  readonly live: LiveRun | undefined;
  /** Undefined before the first run has begun. */
  readonly progress: RaceProgress | undefined;
  /** Undefined until it has ended. */
  readonly comparison: RegimeComparison | undefined;
}

/** The race that is shown; undefined before the first. */
export const raced = signal<Raced | undefined>();

/** Whether one is on. */
export const isRacing = signal(false);

/** What went wrong, until another race begins. */
export const fault = signal<Fault | { readonly kind: "crashed"; readonly message: string } | undefined>();

/** Where it races. */
export const place = signal<RaceLink["place"] | undefined>();

/** Whether the settings are others than those of the race that is shown. */
export const isStale = computed(() => raced.value !== undefined && raced.value.key !== taskKey.value);

let link: Promise<RaceLink> | undefined;
let turn = 0;

/** Races what a link says was raced, for as long as the page is open. @returns what ends it */
export function startRun(): () => void {
  const stop = effect(() => {
    const key = taskKey.value;
    if (state.value.raced && key !== raced.peek()?.key) untracked(() => begin(false));
  });
  return () => {
    stop();
    leave();
  };
}

/** Lets go of the racing. A race that has ended is still there for who comes back. */
function leave(): void {
  turn++;
  void link?.then((connected) => connected.close());
  link = undefined;
  if (isRacing.value) {
    [raced.value, isRacing.value] = [undefined, false];
    state.change({ raced: false });
  }
  workerTensors.value = undefined;
}

/** Races what the page's state says. */
export function raceNow(): void {
  begin(true);
  state.change({ raced: true, at: positions }, "push");
}

function begin(isAsked: boolean): void {
  const task = taskOf(state.value);
  const key = taskKey.value;
  const mine = ++turn;
  batch(() => {
    const nothing = { running: undefined, runs: [], live: undefined, progress: undefined, comparison: undefined };
    raced.value = { task, key, isAsked, ...nothing };
    [isRacing.value, fault.value] = [true, undefined];
  });
  void send(mine, task);
}

async function send(mine: number, task: RaceTask): Promise<void> {
  link ??= connectRacing({ onEvent: hear, onCrash });
  try {
    const connected = await link;
    if (mine !== turn) return;
    place.value = connected.place;
    connected.send({ kind: "race", turn: mine, task });
  } catch (error) {
    // The code of the race could not be fetched.
    link = undefined;
    onCrash(error instanceof Error ? error.message : String(error));
  }
}

/** Ends the race with what was measured so far. */
export function stopRace(): void {
  void link?.then((connected) => connected.send({ kind: "stop" }));
}

function onCrash(message: string): void {
  void link?.then((connected) => connected.close());
  link = undefined;
  [isRacing.value, workerTensors.value] = [false, undefined];
  fault.value = { kind: "crashed", message };
}

function hear(event: RaceEvent): void {
  if (place.value === "worker") workerTensors.value = event.tensors;
  if (event.turn !== turn || raced.value === undefined) return;
  const before = raced.value;
  switch (event.kind) {
    case "begun":
      raced.value = { ...before, running: event.running };
      break;
    case "progress":
      raced.value = { ...before, progress: event.progress, live: liveAfter(before, event) };
      break;
    case "run":
      raced.value = { ...before, runs: [...before.runs, event.run], live: undefined };
      break;
    case "ended":
      batch(() => {
        raced.value = { ...before, comparison: event.comparison, live: undefined };
        isRacing.value = false;
        if (event.lost !== undefined) fault.value = { kind: "lost", message: event.lost };
      });
      break;
    case "fault":
      batch(() => {
        isRacing.value = false;
        fault.value = event.fault;
      });
      break;
  }
}

/** A run that has ended is told once more, without points of its own. */
function liveAfter({ live }: Raced, { progress, points }: RaceEvent & { readonly kind: "progress" }) {
  return points.length === 0 ? live : withPoints(live, progress.lane, points);
}
