import type { Graph, Kernel } from "../graph.ts";
import { operandsOf } from "../operands.ts";
import { Replacements } from "../rewrite.ts";

/** Kernels that may do nothing but copy. */
const copying: ReadonlySet<string> = new Set(["Identity", "Cast", "Reshape"]);

/**
 * Has what is only copied read where it was: clones, casts to the same type, reshapes to the same shape. Backends differ
 * in whether these cost a copy.
 */
export function dropCopies(graph: Graph): Graph {
  const replacements = new Replacements();
  const kernels: Kernel[] = [];
  for (const original of graph.kernels) {
    const kernel = replacements.inKernel(original);
    const source = copiedValue(kernel, graph);
    if (source === undefined) kernels.push(kernel);
    else replacements.add(kernel.outputs[0] as number, source);
  }
  return graph.with({ kernels, outputs: replacements.inOutputs(graph) });
}

/** The value that a kernel copies, if that is all it does. */
function copiedValue(kernel: Kernel, graph: Graph): number | undefined {
  const [operand] = operandsOf(kernel);
  const made = graph.values[kernel.outputs[0] as number];
  if (!copying.has(kernel.name) || operand === undefined || made === undefined) return undefined;
  const source = graph.values[operand.value];
  const isSame = source?.dtype === made.dtype && String(source.shape) === String(made.shape);
  return isSame ? operand.value : undefined;
}
