import * as tf from "@tensorflow/tfjs-core";
import { sizeOf } from "../shape.ts";
import type { Graph, Kernel, Value } from "./graph.ts";

/** How much work a graph is. */
export interface GraphSize {
  /** How many it calls, copies and reshapes not counted. */
  readonly kernels: number;
  /** Of the values that those make in a step, not all of which are there at the same time. */
  readonly bytes: number;
  /** Of the constants, which stay. */
  readonly constantBytes: number;
}

/** Kernels that compute nothing. */
const copies: ReadonlySet<string> = new Set(["Identity", "Reshape", "Cast"]);

/** How much work a graph is. */
export function graphSize(graph: Graph): GraphSize {
  const kernels = computing(graph);
  const bytesOf = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + bytes(graph.values[value] as Value), 0);
  return {
    kernels: kernels.length,
    bytes: bytesOf(kernels.flatMap(({ outputs }) => outputs)),
    constantBytes: bytesOf(graph.constants.map(({ value }) => value)),
  };
}

function computing({ kernels }: Graph): readonly Kernel[] {
  return kernels.filter(({ name }) => !copies.has(name));
}

function bytes({ shape, dtype }: Value): number {
  return sizeOf(shape) * tf.util.bytesPerElement(dtype);
}
