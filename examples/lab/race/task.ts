import { computed } from "@preact/signals";
import type { RaceTask } from "../racing/task.ts";
import { problems } from "./problems.ts";
import { countRegimes, hasMomentum, state, type RaceState } from "./state.ts";

/** What the state says is to race. */
export function taskOf(race: RaceState): RaceTask {
  const { problem, layers, activation, optimizer, rate, batches, epochs, seed, repeats, backend } = race;
  return {
    problem,
    layers,
    activation,
    optimizer,
    learningRate: rate,
    batchSizes: batches.map((size) => (size === "full" ? "full" : Number(size))),
    momenta: hasMomentum(optimizer) ? race.momenta.map(Number) : null,
    epochs,
    seed,
    repeats,
    backend,
  };
}

/** All that decides a race, as one text: it stays the same while only the rest of the state changes. */
export const taskKey = computed(() => JSON.stringify(taskOf(state.value)));

/** The steps of the regime that takes most. */
export function mostSteps({
  problem,
  batchSizes,
  epochs,
}: Pick<RaceTask, "problem" | "batchSizes" | "epochs">): number {
  return epochs * Math.max(...batchSizes.map((size) => stepsInEpoch(problem, size)));
}

function stepsInEpoch(problem: RaceTask["problem"], size: number | "full"): number {
  return size === "full" ? 1 : Math.ceil(problems[problem].samples / size);
}

/** What a race comes to: its runs, and the steps of all of them. */
export function workOf(race: RaceState): { readonly runs: number; readonly steps: number } {
  const runs = countRegimes(race) * race.repeats;
  const inAnEpoch = taskOf(race).batchSizes.map((size) => stepsInEpoch(race.problem, size));
  const each = inAnEpoch.reduce((sum, steps) => sum + steps, 0) / race.batches.length;
  return { runs, steps: Math.round(runs * each * race.epochs) };
}
