import { nextTask } from "../shell/next-task.ts";
import { evaluate, type Expression } from "./formula/expression.ts";
import { presets, type Descended, type PresetName } from "./functions.ts";
import { descend, type DescentPath } from "./path.ts";
import type { Rates, RuleName } from "./rules.ts";

/** What paths are wanted, as plain data: a worker takes it. */
export interface PathTask extends Rates {
  /** One of the functions that there are, or a formula as a tree, of one variable or of two. */
  readonly f: PresetName | { readonly expression: Expression; readonly variables: 1 | 2 };
  readonly start: readonly [number, number];
  /** The rules to descend by, in the order in which their paths are wanted. */
  readonly order: readonly RuleName[];
  readonly steps: number;
}

/** The way down by one rule. */
export interface FoundPath {
  readonly rule: RuleName;
  readonly path: DescentPath;
}

/** Descends by one rule after another, for as long as that is wanted. */
export async function* findPaths({ order, f, ...task }: PathTask, whileWanted: AbortSignal): AsyncGenerator<FoundPath> {
  const descended = functionOf(f);
  for (const rule of order) {
    await nextTask();
    const path = await descend({ f: descended, rule, ...task }, whileWanted);
    if (path === undefined || whileWanted.aborted) return;
    yield { rule, path };
  }
}

function functionOf(f: PathTask["f"]): Descended {
  if (typeof f === "string") return presets[f];
  return { variables: f.variables, evaluate: (x, y) => evaluate(f.expression, x, y) };
}
