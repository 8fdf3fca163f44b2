import { isElementwise, elementwiseKernel, type ElementwiseAttributes, type ElementwiseStep } from "../elementwise.ts";
import type { Graph, Kernel, Operand } from "../graph.ts";
import { operandsOf } from "../operands.ts";
import { isAsMade, makersOf, readsOf } from "../rewrite.ts";
import { sizeOf } from "../../shape.ts";
import { Groups } from "../groups.ts";

/**
 * Makes one kernel of operations element by element that read each other's results, where these are of one shape: of
 * momentum's four, or of a sigmoid's slope and what it is multiplied with.
 *
 * @param mostNumbers of a result; beyond, a backend's own kernels are the faster
 */
export function fuseElementwise(graph: Graph, mostNumbers: number): Graph {
  const makers = makersOf(graph);
  const groups = new Groups(graph.kernels, (kernel) =>
    operandsOf(kernel).flatMap(({ value }) => makers.get(value) ?? []),
  );
  const shapes = new Map(graph.kernels.map((kernel) => [kernel, fusibleShape(kernel, graph, mostNumbers)]));
  for (const kernel of graph.kernels) {
    const shape = shapes.get(kernel);
    if (shape === undefined) continue;
    for (const { value } of operandsOf(kernel)) {
      const maker = makers.get(value);
      if (maker !== undefined && shapes.get(maker) === shape) groups.join(kernel, maker);
    }
  }
  const reads = readsOf(graph);
  const kernels = groups.inOrder().map((group) => {
    return group.length === 1 ? (group[0] as Kernel) : fused(group, graph, reads);
  });
  return graph.with({ kernels });
}

/** The shape of a kernel's result as a text, if it may be fused with others of that shape. */
function fusibleShape(kernel: Kernel, graph: Graph, mostNumbers: number): string | undefined {
  const [made] = kernel.outputs;
  const result = made === undefined ? undefined : graph.values[made];
  if (result?.dtype !== "float32" || !isElementwise(kernel.name) || sizeOf(result.shape) > mostNumbers)
    return undefined;
  const isWhole = (operand: Operand) => isAsMade(graph, operand) && String(operand.shape) === String(result.shape);
  const isFusible = operandsOf(kernel).every((operand) => {
    const isFloat = graph.values[operand.value]?.dtype === "float32";
    return isFloat && (isWhole(operand) || sizeOf(operand.shape) === 1);
  });
  return isFusible ? String(result.shape) : undefined;
}

/** One kernel for a group, whose operations are in an order in which they can run. */
function fused(group: readonly Kernel[], graph: Graph, reads: ReadonlyMap<number, number>): Kernel {
  const own = group.map(({ outputs }) => outputs[0] as number);
  const operands = group.flatMap(operandsOf);
  const inputs = new Map(
    operands.filter(({ value }) => !own.includes(value)).map((operand) => [operand.value, operand]),
  );
  const places = [...inputs.keys(), ...own];
  const steps = group.map((kernel): ElementwiseStep => {
    const [a, b] = operandsOf(kernel).map(({ value }) => places.indexOf(value)) as [number, number?];
    const { name } = kernel;
    if (!isElementwise(name)) throw new Error(`${name} is no operation element by element`);
    return b === undefined ? { name, a } : { name, a, b };
  });
  const readInside = (value: number) => operands.filter((operand) => operand.value === value).length;
  const results = own.flatMap((value, index) => ((reads.get(value) ?? 0) > readInside(value) ? [index] : []));
  const shape = graph.values[own[0] as number]?.shape ?? [];
  const attributes: ElementwiseAttributes = { steps, results, shape };
  const outputs = results.map((index) => own[index] as number);
  return { name: elementwiseKernel, inputs: [...inputs.values()], attributes, outputs };
}
