import type { Kernel, Operand } from "./graph.ts";

/** What a kernel reads. */
export function operandsOf({ inputs }: Kernel): readonly Operand[] {
  return Array.isArray(inputs) ? (inputs as readonly Operand[]) : Object.values(inputs);
}

/** A kernel that reads each of its operands through a function. */
export function mapOperands(kernel: Kernel, change: (operand: Operand) => Operand): Kernel {
  const { inputs } = kernel;
  if (Array.isArray(inputs)) return { ...kernel, inputs: (inputs as readonly Operand[]).map(change) };
  const changed = Object.entries(inputs as Readonly<Record<string, Operand>>).map(([name, operand]) => [
    name,
    change(operand),
  ]);
  return { ...kernel, inputs: Object.fromEntries(changed) as Record<string, Operand> };
}
