import { exactJson } from "../exact-json.ts";
import type { Constant, Graph, Kernel } from "../graph.ts";
import { Replacements } from "../rewrite.ts";

/** Constants of more numbers than this are not compared. */
const mostCompared = 64;

/** Has one kernel do what several would do: the same operation on the same values, or the same small constant. */
export function shareEqual(graph: Graph): Graph {
  const replacements = new Replacements();
  const known = new Map<string, readonly number[]>();
  /** Whether the same is there already; its values then stand in for these. */
  const isKnown = (key: string, values: readonly number[]): boolean => {
    const same = known.get(key);
    if (same === undefined) known.set(key, values);
    else for (const [index, value] of values.entries()) replacements.add(value, same[index] as number);
    return same !== undefined;
  };
  const constants = graph.constants.filter((constant) => {
    return constant.numbers.length > mostCompared || !isKnown(constantKey(constant, graph), [constant.value]);
  });
  const kernels: Kernel[] = [];
  for (const original of graph.kernels) {
    const kernel = replacements.inKernel(original);
    const { name, inputs, attributes, outputs } = kernel;
    if (!isKnown(exactJson([name, inputs, attributes]), outputs)) kernels.push(kernel);
  }
  return graph.with({ constants, kernels, outputs: replacements.inOutputs(graph) });
}

function constantKey({ value, numbers }: Constant, graph: Graph): string {
  return exactJson([graph.values[value], Array.from(numbers)]);
}
