import { computed, effect, signal } from "@preact/signals";
import { presets, type DescentFunction } from "./functions.ts";
import type { Expression } from "./formula/expression.ts";
import type { ReadFormula } from "./formula/function.ts";
import type { FormulaProblem } from "./formula/problem.ts";
import { parts } from "./state.ts";

/** What came of the formula that was typed in last; undefined while the parser is on its way. */
const read = signal<(ReadFormula & { readonly formula: string }) | undefined>();

const { f: chosen, formula } = parts;

/** The function that is descended on; undefined while there is none. */
export const currentFunction = computed<DescentFunction | undefined>(() => {
  if (chosen.value !== "own") return presets[chosen.value];
  return read.value !== undefined && "f" in read.value ? read.value.f : undefined;
});

/** What was typed in, as a tree; undefined for the functions that there are. */
export const currentExpression = computed<Expression | undefined>(() => {
  if (chosen.value !== "own") return undefined;
  return read.value !== undefined && "f" in read.value ? read.value.expression : undefined;
});

/** What is wrong with what was typed in. */
export const formulaProblem = computed<FormulaProblem | undefined>(() => {
  if (chosen.value !== "own") return undefined;
  return read.value !== undefined && "problem" in read.value ? read.value.problem : undefined;
});

/** Fetches what reads formulas: beforehand, so that it is there also when the network has gone meanwhile. */
export async function fetchParser() {
  return import("./formula/function.ts");
}

/** Reads a formula, unless another one has taken its place before the parser was there. */
async function take(text: string): Promise<void> {
  const { readFormula } = await fetchParser();
  if (formula.peek() === text && read.peek()?.formula !== text) read.value = { ...readFormula(text), formula: text };
}

/** Reads what is typed in, while it is wanted: the parser is fetched with the first formula. @returns what ends that */
export function readFormulas(): () => void {
  return effect(() => {
    if (chosen.value === "own") void take(formula.value);
  });
}
