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

/** What a race comes to: its runs, and the steps of all of them. */
export function workOf(race: RaceState): { readonly runs: number; readonly steps: number } {
  const { samples } = problems[race.problem];
  const runs = countRegimes(race) * race.repeats;
  const inAnEpoch = race.batches.map((size) => (size === "full" ? 1 : Math.ceil(samples / Number(size))));
  const each = inAnEpoch.reduce((sum, steps) => sum + steps, 0) / race.batches.length;
  return { runs, steps: Math.round(runs * each * race.epochs) };
}
