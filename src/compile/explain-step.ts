import * as tf from "@tensorflow/tfjs-core";
import type { Data } from "../data.ts";
import { TraceError } from "../errors.ts";
import { expectHyperparameter, expectOptions } from "../hyperparameter.ts";
import { lookUp } from "../lookup.ts";
import { expectAlive, type Model } from "../model.ts";
import { borrowStep, type TrainStepOptions } from "../step.ts";
import type { Graph } from "./graph.ts";
import { optimiseByPass, passNames, type AfterPass, type PassName } from "./passes.ts";
import { differenceOf } from "./same-trace.ts";
import { traceStep, type StepTrace } from "./step-trace.ts";

/** The step to explain. */
export interface ExplainStepOptions extends TrainStepOptions {
  /** Passes to leave out. Default: none, as in `fit`. */
  readonly without?: readonly PassName[];
}

/** The program of a step. A graph's `toString()` shows it, one kernel a line. */
export interface StepExplanation {
  /** As automatic differentiation computes it. */
  readonly recorded: Graph;
  readonly passes: readonly AfterPass[];
  /** As `fit` runs it on this backend: after the last pass. */
  readonly compiled: Graph;
}

/**
 * The program that `fit` makes of a training step, before and after its passes. Nothing is trained: the step is computed,
 * but not taken.
 *
 *     const { recorded, compiled } = await explainStep(model, x, y, { loss: "meanSquaredError", optimizer });
 *     console.log(String(compiled), graphSize(recorded).kernels, graphSize(compiled).kernels);
 *
 * x [batch, …input], y as the loss wants it. The program depends on their shapes, not on their values, and on the backend
 * that runs.
 *
 * @throws TraceError for a step that `fit` runs as it is written; what `trainStep` throws
 */
export async function explainStep(
  model: Model,
  x: Data,
  y: Data,
  options: ExplainStepOptions,
): Promise<StepExplanation> {
  expectOptions("explainStep", options, ["loss", "optimizer", "sampleWeight", "without"]);
  const isList = options.without === undefined || Array.isArray(options.without);
  expectHyperparameter(isList, "explainStep", "without", 'an array such as ["fuseDense"]', options.without);
  const passes = Object.fromEntries(passNames.map((name) => [name, name]));
  const without = (options.without ?? []).map((name) => lookUp<PassName>("pass", name, passes));
  expectAlive(model);
  let graph: Graph | undefined;
  // Not handed out through tidy, which would take what the trace holds for its own.
  tf.tidy(() => {
    const { samples, rule } = borrowStep("explainStep", x, y, options);
    const [first, second] = [traceStep(model, samples, rule), traceStep(model, samples, rule)];
    graph = graphOf(first.trace, second.trace);
  });
  const recorded = graph as unknown as Graph;
  const after = await optimiseByPass(recorded, without);
  return { recorded, passes: after, compiled: after.at(-1)?.graph ?? recorded };
}

/** @throws TraceError */
function graphOf(first: StepTrace | string, second: StepTrace | string): Graph {
  if (typeof first === "string") throw noProgram(first);
  if (typeof second === "string") throw noProgram(second);
  const difference = differenceOf(first, second);
  if (difference !== undefined) throw noProgram(`from one step to the next ${difference} changed`);
  return second.graph;
}

function noProgram(problem: string): TraceError {
  const mend = "Write it in tf operations alone, the same in each step.";
  return new TraceError(
    `This training step has no program, and fit runs it as it is written: ${problem}. ${mend}`,
    problem,
  );
}
