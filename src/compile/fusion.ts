import type { Graph, Kernel, Operand } from "./graph.ts";
import { isAsMade, makersOf, readsOf } from "./rewrite.ts";

/** A kernel that stands for more than one, and the values that are no longer made. */
export interface Fused {
  readonly kernel: Kernel;
  readonly parts: readonly number[];
}

/** The kernel that makes an operand, if nothing else reads it and the operand is the value as it was made. */
export type OnlyMakerOf = (operand: Operand) => Kernel | undefined;

/**
 * Puts one kernel in the place of several.
 *
 * @param fuse what a kernel and those that make what it reads become, if anything
 */
export function fuseKernels(
  graph: Graph,
  fuse: (kernel: Kernel, onlyMakerOf: OnlyMakerOf) => Fused | undefined,
): Graph {
  const makers = makersOf(graph);
  const reads = readsOf(graph);
  const replaced = new Map<Kernel, Kernel>();
  const dropped = new Set<Kernel>();
  const onlyMakerOf: OnlyMakerOf = (operand) => {
    const isOnly = reads.get(operand.value) === 1 && isAsMade(graph, operand);
    const maker = isOnly ? makers.get(operand.value) : undefined;
    return maker && (replaced.get(maker) ?? maker);
  };
  for (const kernel of graph.kernels) {
    const fused = fuse(kernel, onlyMakerOf);
    if (fused === undefined) continue;
    replaced.set(kernel, fused.kernel);
    for (const part of fused.parts) dropped.add(makers.get(part) as Kernel);
  }
  const kernels = graph.kernels.filter((kernel) => !dropped.has(kernel));
  return graph.with({ kernels: kernels.map((kernel) => replaced.get(kernel) ?? kernel) });
}
