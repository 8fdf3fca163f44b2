import { computed } from "@preact/signals";
import * as z from "zod/mini";
import { choiceField, numbersField } from "../shell/fields.ts";
import { PageState } from "../shell/page-state.ts";
import type { Network, Pair } from "./network.ts";
import { stages, type Stage } from "./stages.ts";

/** What each number may be. */
export const ranges = {
  x: { least: -10, most: 10 },
  y: { least: 0, most: 1 },
  w1: { least: -10, most: 10 },
  b1: { least: -10, most: 10 },
  w2: { least: -10, most: 10 },
  b2: { least: -10, most: 10 },
} as const;

/** The numbers that can be changed, under their names in the address. */
export type NumberName = keyof typeof ranges;

/** Numbers as the address has them: weights neuron by neuron, from the first that it reads. */
export interface BackpropagationState extends Readonly<Record<NumberName, number[]>> {
  readonly stage: Stage;
}

const field = (name: NumberName, length: number) => numbersField(length, ranges[name].least, ranges[name].most);

const schema = z.strictObject({
  x: field("x", 2),
  y: field("y", 2),
  w1: field("w1", 4),
  b1: field("b1", 2),
  w2: field("w2", 4),
  b2: field("b2", 2),
  stage: choiceField(stages),
});

/** The network of W5. */
const fresh = (): BackpropagationState => ({
  x: [0.1, 0.2],
  y: [0.01, 0.99],
  w1: [0.1, 0.2, 0.3, 0.4],
  b1: [0.55, 0.56],
  w2: [0.5, 0.6, 0.7, 0.8],
  b2: [0.66, 0.67],
  stage: "network",
});

/** The whole state of the back-propagation page. */
export const state = new PageState<BackpropagationState>(schema, fresh);

/** Changes one of the numbers. */
export function changeNumber(name: NumberName, index: number, value: number): void {
  state.change({ [name]: state.value[name].with(index, value) });
}

/** The network of W5 again; where one is in it stays. */
export function resetNumbers(): void {
  state.change({ ...fresh(), stage: state.value.stage }, "push");
}

function pairAt(numbers: readonly number[], from: number): Pair {
  const [first = NaN, second = NaN] = numbers.slice(from);
  return [first, second];
}

/** The numbers as a network. */
export const network = computed<Network>(() => {
  const { x, y, w1, b1, w2, b2 } = state.value;
  return {
    inputs: pairAt(x, 0),
    targets: pairAt(y, 0),
    hidden: { weights: [pairAt(w1, 0), pairAt(w1, 2)], biases: pairAt(b1, 0) },
    output: { weights: [pairAt(w2, 0), pairAt(w2, 2)], biases: pairAt(b2, 0) },
  };
});
