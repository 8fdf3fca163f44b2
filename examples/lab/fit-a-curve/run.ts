import { effect, signal } from "@preact/signals";
import { workerTensors } from "../shell/tensor-count.ts";
import { connectTraining, type TrainingLink } from "../training/connect.ts";
import type { Fault, Frame, TrainingEvent } from "../training/messages.ts";
import { stepsInEpoch, type TrainingTask } from "../training/task.ts";
import { state, type BackendChoice } from "./state.ts";
import { taskKey, taskOf } from "./task.ts";

/** A moment of the training, and what was trained. */
export interface Shown {
  readonly task: TrainingTask;
  readonly frame: Frame;
}

/** What is shown; undefined before the first picture. */
export const shown = signal<Shown | undefined>();

/** What went wrong, until something else is tried. */
export const fault = signal<Fault | { readonly kind: "crashed"; readonly message: string } | undefined>();

/** Whether it was asked to train on and on. */
export const isPlaying = signal(false);

/** Whether nothing of what was asked for is still to come. */
export const isSettled = signal(false);

/** Where the training runs. */
export const place = signal<TrainingLink["place"] | undefined>();

/** A slider that is dragged begins one training anew, not thirty, in ms. */
const patience = 120;

let link: TrainingLink | undefined;
let turn = 0;
/** What the training was last told to train: from an event of an older turn nothing is to be learnt any more. */
let opened: { turn: number; key: string; step: number; task: TrainingTask | undefined } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Trains what the page's state says, for as long as the page is open. @returns what ends it */
export function startRun(): () => void {
  let isOpen = true;
  const stop = effect(() => {
    const [key, { step }] = [taskKey.value, state.value];
    if (key === opened?.key && step === opened.step) return;
    isSettled.value = false;
    clearTimeout(timer);
    timer = setTimeout(() => openTask(step), opened === undefined ? 0 : patience);
  });
  void connect(() => isOpen);
  return () => {
    isOpen = false;
    stop();
    disconnect();
  };
}

async function connect(isWanted: () => boolean): Promise<void> {
  const connected = await connectTraining({ onEvent: hear, onCrash });
  if (!isWanted()) {
    connected.close();
    return;
  }
  link = connected;
  place.value = connected.place;
  openTask(state.value.step);
}

function disconnect(): void {
  clearTimeout(timer);
  link?.close();
  [link, opened] = [undefined, undefined];
  [shown.value, fault.value, place.value, workerTensors.value] = [undefined, undefined, undefined, undefined];
  isPlaying.value = false;
}

function onCrash(message: string): void {
  link?.close();
  link = undefined;
  isPlaying.value = false;
  isSettled.value = true;
  fault.value = { kind: "crashed", message };
}

/** Begins what the state says, and trains up to a step, or on and on if it was playing. */
function openTask(step: number): void {
  clearTimeout(timer);
  if (link === undefined) return;
  const task = taskOf(state.value);
  opened = { turn: ++turn, key: taskKey.value, step, task };
  fault.value = undefined;
  isSettled.value = task === undefined;
  if (task === undefined) {
    link.send({ kind: "run", turn, until: 0 });
    [shown.value, isPlaying.value] = [undefined, false];
    return;
  }
  link.send({ kind: "open", turn, task, until: isPlaying.value ? Infinity : step });
}

function hear(event: TrainingEvent): void {
  // The next picture may come when this one is on the screen.
  if (event.kind === "frame") requestAnimationFrame(() => link?.send({ kind: "drawn" }));
  if (opened?.task === undefined || event.turn < opened.turn) return;
  if (event.kind === "fault") {
    fault.value = event.fault;
    isPlaying.value = false;
    isSettled.value = true;
    return;
  }
  const { frame } = event;
  shown.value = { task: opened.task, frame };
  if (place.value === "worker") workerTensors.value = frame.tensors;
  // Something else may have been chosen meanwhile, and be about to begin.
  if (event.turn < turn || !frame.isHeld || opened.key !== taskKey.value) return;
  isPlaying.value = false;
  isSettled.value = true;
  opened.step = frame.step;
  state.change({ step: frame.step });
}

function runUntil(until: number): void {
  isSettled.value = false;
  link?.send({ kind: "run", turn: ++turn, until });
}

/** Trains on and on; what ended in a fault begins anew. */
export function play(): void {
  isPlaying.value = true;
  if (fault.value !== undefined) openTask(0);
  else runUntil(Infinity);
}

export function pause(): void {
  isPlaying.value = false;
  runUntil(0);
}

export function takeStep(): void {
  runUntil((shown.value?.frame.step ?? 0) + 1);
}

/** To the end of the epoch. */
export function takeEpoch(): void {
  if (shown.value === undefined) return;
  const { frame, task } = shown.value;
  const steps = stepsInEpoch(task);
  runUntil((Math.floor(frame.step / steps) + 1) * steps);
}

/** Back to the same start, where it stands still. */
export function reset(): void {
  isPlaying.value = false;
  openTask(0);
  state.change({ step: 0 });
}

/** Goes on with another backend from where the lost device left the network. */
export function continueOn(backend: BackendChoice): void {
  if (opened === undefined) return;
  state.change({ backend });
  opened.key = taskKey.value;
  if (opened.task !== undefined) opened.task = { ...opened.task, backend };
  fault.value = undefined;
  isPlaying.value = true;
  isSettled.value = false;
  link?.send({ kind: "continue", turn: ++turn, backend, until: Infinity });
}

/** Starts the training itself again, after it crashed. */
export function restart(): void {
  fault.value = undefined;
  opened = undefined;
  void connect(() => true);
}
