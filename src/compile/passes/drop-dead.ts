import type { Graph, Kernel } from "../graph.ts";
import { operandsOf } from "../operands.ts";

/** Drops the kernels that no output depends on, and the constants that nothing reads. Inputs stay. */
export function dropDead(graph: Graph): Graph {
  const live = new Set(graph.outputs.map(({ value }) => value));
  const kernels: Kernel[] = [];
  for (const kernel of graph.kernels.toReversed()) {
    if (!kernel.outputs.some((value) => live.has(value))) continue;
    kernels.unshift(kernel);
    for (const { value } of operandsOf(kernel)) live.add(value);
  }
  return graph.with({ kernels, constants: graph.constants.filter(({ value }) => live.has(value)) });
}
