import * as tf from "@tensorflow/tfjs-core";
import { elementwiseLimits } from "./elementwise.ts";
import type { Graph } from "./graph.ts";
import { dropCopies } from "./passes/drop-copies.ts";
import { dropDead } from "./passes/drop-dead.ts";
import { foldConstants } from "./passes/fold-constants.ts";
import { fuseDense } from "./passes/fuse-dense.ts";
import { fuseElementwise } from "./passes/fuse-elementwise.ts";
import { fuseSlopes } from "./passes/fuse-slopes.ts";
import { mergeScalings } from "./passes/merge-scalings.ts";
import { shareEqual } from "./passes/share-equal.ts";
import { Program } from "./program.ts";
import { hasSlopes } from "./slopes.ts";

/** The passes, in their order. */
const passes = {
  dropCopies,
  foldConstants: (graph: Graph) => foldConstants(graph, evaluate),
  mergeScalings,
  shareEqual,
  // Before what asks how often a value is read.
  dropDead,
  // The native binding's fused kernel is the three calls, and asks for tensors.
  fuseDense: (graph: Graph) => (tf.getBackend() === "tensorflow" ? graph : fuseDense(graph)),
  fuseSlopes: (graph: Graph) => (hasSlopes() ? fuseSlopes(graph) : graph),
  fuseElementwise: (graph: Graph) => {
    const limits = elementwiseLimits();
    return limits === undefined ? graph : fuseElementwise(graph, limits);
  },
} as const;

/** A pass by its name. */
export type PassName = keyof typeof passes;

/** The names of all passes, in their order. */
export const passNames = Object.keys(passes) as readonly PassName[];

/** A graph as a pass left it. */
export interface AfterPass {
  readonly pass: PassName;
  readonly graph: Graph;
}

/** The graph after each pass but those to leave out. */
export async function optimiseByPass(graph: Graph, without: readonly PassName[] = []): Promise<AfterPass[]> {
  const after: AfterPass[] = [];
  for (const pass of passNames.filter((name) => !without.includes(name))) {
    after.push({ pass, graph: await passes[pass](after.at(-1)?.graph ?? graph) });
  }
  return after;
}

/** The graph after all passes but those to leave out. */
export async function optimise(graph: Graph, without: readonly PassName[] = []): Promise<Graph> {
  return (await optimiseByPass(graph, without)).at(-1)?.graph ?? graph;
}

/** The outputs of a graph without inputs, on the backend that runs. */
async function evaluate(graph: Graph) {
  const program = new Program(graph);
  // Some kernels of the native binding leave tensors of their own for whoever tidies.
  const outputs = tf.tidy(() => program.run([]));
  try {
    return await Promise.all(outputs.map(async (output) => output.data()));
  } finally {
    tf.dispose(outputs);
    program.dispose();
  }
}
