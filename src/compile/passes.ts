import type { Graph } from "./graph.ts";
import { dropDead } from "./passes/drop-dead.ts";

/** The passes, in their order. */
const passes = { dropDead } as const;

/** A pass by its name. */
export type PassName = keyof typeof passes;

/** The graph after all passes but those to leave out. */
export async function optimise(graph: Graph, without: readonly PassName[] = []): Promise<Graph> {
  let current = graph;
  for (const [name, pass] of Object.entries(passes)) {
    if (!without.includes(name as PassName)) current = await pass(current);
  }
  return current;
}
