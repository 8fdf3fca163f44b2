import type { Graph, Kernel, Operand } from "./graph.ts";
import { mapOperands, operandsOf } from "./operands.ts";

/** Which kernel makes each value; inputs and constants are made by none. */
export function makersOf(graph: Graph): ReadonlyMap<number, Kernel> {
  return new Map(graph.kernels.flatMap((kernel) => kernel.outputs.map((value) => [value, kernel] as const)));
}

/** How often each value is read, by kernels and as an output. */
export function readsOf(graph: Graph): ReadonlyMap<number, number> {
  const reads = new Map<number, number>();
  const operands = [...graph.kernels.flatMap(operandsOf), ...graph.outputs];
  for (const { value } of operands) reads.set(value, (reads.get(value) ?? 0) + 1);
  return reads;
}

/** Values to be read in place of others of the same shape and type, which themselves may be replaced. */
export class Replacements {
  readonly #by = new Map<number, number>();

  add(value: number, by: number): void {
    this.#by.set(value, by);
  }

  /** What is to be read in place of a value. */
  of(value: number): number {
    const by = this.#by.get(value);
    return by === undefined ? value : this.of(by);
  }

  readonly inOperand = (operand: Operand): Operand => ({ ...operand, value: this.of(operand.value) });

  inKernel(kernel: Kernel): Kernel {
    return mapOperands(kernel, this.inOperand);
  }

  inOutputs(graph: Graph): Graph["outputs"] {
    return graph.outputs.map((output) => ({ ...output, value: this.of(output.value) }));
  }
}

/** Whether an operand is the whole value as it was made, not in another shape. */
export function isAsMade(graph: Pick<Graph, "values">, { value, shape }: Operand): boolean {
  return String(graph.values[value]?.shape) === String(shape);
}
