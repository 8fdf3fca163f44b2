import type * as tf from "@tensorflow/tfjs-core";
import { Graph, type Constant, type Kernel } from "../graph.ts";
import { operandsOf } from "../operands.ts";
import { dropDead } from "./drop-dead.ts";

/** Computes the outputs of a graph that has no inputs. */
export type Evaluate = (graph: Graph) => Promise<readonly tf.TypedArray[]>;

/**
 * Computes once what depends on constants alone. By the same kernels that would compute it in each step, so that the
 * numbers are the same to the last bit.
 */
export async function foldConstants(graph: Graph, evaluate: Evaluate): Promise<Graph> {
  const fixed = new Set(graph.constants.map(({ value }) => value));
  const folded: Kernel[] = [];
  const kept: Kernel[] = [];
  for (const kernel of graph.kernels) {
    const isFixed = operandsOf(kernel).every(({ value }) => fixed.has(value));
    (isFixed ? folded : kept).push(kernel);
    if (isFixed) for (const value of kernel.outputs) fixed.add(value);
  }
  if (folded.length === 0) return graph;
  const made = new Set(folded.flatMap(({ outputs }) => outputs));
  const read = new Set([...kept.flatMap(operandsOf), ...graph.outputs].map(({ value }) => value));
  const results = [...made].filter((value) => read.has(value));
  const outputs = results.map((value) => ({ value, shape: graph.values[value]?.shape ?? [], name: `%${value}` }));
  const numbers = await evaluate(dropDead(graph.with({ inputs: [], kernels: folded, outputs })));
  const constants = results.map((value, index): Constant => ({ value, numbers: numbers[index] as tf.TypedArray }));
  return graph.with({ kernels: kept, constants: [...graph.constants, ...constants] });
}
