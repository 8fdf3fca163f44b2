import {
  isElementwise,
  elementwiseKernel,
  type ElementwiseAttributes,
  type ElementwiseLimits,
  type ElementwiseStep,
} from "../elementwise.ts";
import type { Graph, Kernel, Operand } from "../graph.ts";
import { operandsOf } from "../operands.ts";
import { isAsMade, makersOf, readsOf } from "../rewrite.ts";
import { sizeOf } from "../../shape.ts";
import { Groups } from "../groups.ts";

/**
 * Makes one kernel of operations element by element that read each other's results, where these are of one shape: of
 * momentum's four, or of a sigmoid's slope and what it is multiplied with.
 *
 * @param limits what one kernel may hold; where that is fewer results than there are, each has a kernel of its own, which
 * computes again what others compute too
 */
export function fuseElementwise(graph: Graph, limits: ElementwiseLimits): Graph {
  const makers = makersOf(graph);
  const groups = new Groups(
    graph.kernels,
    (kernel) => operandsOf(kernel).flatMap(({ value }) => makers.get(value) ?? []),
    (group) => inputsOf([...group]).size <= limits.inputs,
  );
  const shapes = new Map(graph.kernels.map((kernel) => [kernel, fusibleShape(kernel, graph, limits.numbers)]));
  for (const kernel of graph.kernels) {
    const shape = shapes.get(kernel);
    if (shape === undefined) continue;
    for (const { value } of operandsOf(kernel)) {
      const maker = makers.get(value);
      if (maker !== undefined && shapes.get(maker) === shape) groups.join(kernel, maker);
    }
  }
  const reads = readsOf(graph);
  const kernels = groups.inOrder().flatMap((group) => {
    if (group.length === 1) return group;
    const results = resultsOf(group, reads);
    if (results.length <= limits.results) return [fused(group, results, graph)];
    return results.map((result) => {
      const needed = neededFor(result, group);
      return needed.length === 1 ? (needed[0] as Kernel) : fused(needed, [result], graph);
    });
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

/** What kernels read that none of them makes, by value. */
function inputsOf(group: readonly Kernel[]): ReadonlyMap<number, Operand> {
  const own = new Set(group.flatMap(({ outputs }) => outputs));
  const operands = group.flatMap(operandsOf).filter(({ value }) => !own.has(value));
  return new Map(operands.map((operand) => [operand.value, operand]));
}

/** What a group makes that is read outside of it. */
function resultsOf(group: readonly Kernel[], reads: ReadonlyMap<number, number>): number[] {
  const operands = group.flatMap(operandsOf);
  const readInside = (value: number) => operands.filter((operand) => operand.value === value).length;
  return group.flatMap(({ outputs }) => outputs).filter((value) => (reads.get(value) ?? 0) > readInside(value));
}

/** Those of a group that a result depends on, in their order. */
function neededFor(result: number, group: readonly Kernel[]): Kernel[] {
  const needed = new Set([result]);
  for (const kernel of group.toReversed()) {
    if (!kernel.outputs.some((value) => needed.has(value))) continue;
    for (const { value } of operandsOf(kernel)) needed.add(value);
  }
  return group.filter(({ outputs }) => outputs.some((value) => needed.has(value)));
}

/** One kernel for several, whose operations are in an order in which they can run. */
function fused(group: readonly Kernel[], outputs: readonly number[], graph: Graph): Kernel {
  const own = group.map((kernel) => kernel.outputs[0] as number);
  const inputs = inputsOf(group);
  const places = [...inputs.keys(), ...own];
  const steps = group.map((kernel): ElementwiseStep => {
    const [a, b] = operandsOf(kernel).map(({ value }) => places.indexOf(value)) as [number, number?];
    const { name } = kernel;
    if (!isElementwise(name)) throw new Error(`${name} is no operation element by element`);
    return b === undefined ? { name, a } : { name, a, b };
  });
  const results = outputs.map((value) => own.indexOf(value));
  const attributes: ElementwiseAttributes = { steps, results, shape: graph.values[own[0] as number]?.shape ?? [] };
  return { name: elementwiseKernel, inputs: [...inputs.values()], attributes, outputs };
}
