import { computed } from "@preact/signals";
import type { TrainingTask } from "../training/task.ts";
import { inputsOf, makePoints, type DataName } from "./data/datasets.ts";
import type { Point } from "./data/point.ts";
import { gridOf, rowsOf } from "./data/rows.ts";
import { state, type FitState } from "./state.ts";

/** With fewer there is nothing to learn. */
export const fewestPoints = 3;

/** The name and the points alone: the rest of the state changes more often. */
const chosen = computed(() => state.value.data);
const own = computed(() => state.value.points);

/** The points that are shown and learnt. */
export const points = computed<readonly Point[]>(() => pointsOf(chosen.value, own.value));

function pointsOf(data: DataName, drawn: readonly Point[]): readonly Point[] {
  return data === "curve" || data === "classes" ? drawn : makePoints(data);
}

/** All that decides the course of a training, as one text: it stays the same while only the rest of the state changes. */
export const taskKey = computed(() => JSON.stringify({ ...state.value, step: 0, log: false }));

/** What is to be trained; undefined while there are too few points. */
export function taskOf(fit: FitState): TrainingTask | undefined {
  const { data, hidden, activation, loss, optimizer, rate, momentum, batch, seed, backend } = fit;
  const all = pointsOf(data, fit.points);
  if (all.length < fewestPoints) return undefined;
  const inputs = inputsOf(data);
  return {
    inputs,
    ...rowsOf(all, inputs),
    hidden,
    activation,
    loss,
    optimizer,
    learningRate: rate,
    momentum,
    batchSize: batch === "full" ? "full" : Number(batch),
    seed,
    backend,
    grid: gridOf(inputs),
  };
}
