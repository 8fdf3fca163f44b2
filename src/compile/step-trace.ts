import type * as tf from "@tensorflow/tfjs-core";
import type { Samples } from "../batches.ts";
import type { Model } from "../model.ts";
import type { StepScalars } from "../next-step.ts";
import type { RandomStream } from "../random.ts";
import type { Shape } from "../shape.ts";
import { computeStep, hostInputs, type HostInputs, type StepOutput, type StepRule } from "../step.ts";
import { buildGraph, type Named } from "./build-graph.ts";
import type { Graph } from "./graph.ts";
import { ownNumbers, separateVariables, withOwnNumbers } from "./own-numbers.ts";
import { record } from "./recording.ts";

/** Where the tensor for an input of a step's graph comes from in each step. */
export type StepInput =
  | { readonly from: "batch"; readonly part: keyof Samples }
  /** A parameter, state, or what a layer or loss holds itself: a variable's numbers are those that it has by then. */
  | { readonly from: "tensor"; readonly tensor: tf.Tensor }
  /** A number of the rule's, for the parameter of that index. */
  | { readonly from: "rule"; readonly parameter: number; readonly name: string }
  | { readonly from: "draw"; readonly random: RandomStream; readonly shape: Shape };

/** A step that ran under the recorder. */
export interface StepTrace {
  /** Its outputs are the loss, the metrics' scalars, and the new values of the variables. */
  readonly graph: Graph;
  readonly inputs: readonly StepInput[];
  /** For each parameter, the first one with the same numbers of the rule. */
  readonly alike: readonly number[];
  /** How many scalars each metric has. */
  readonly metrics: readonly number[];
  readonly updated: readonly tf.Variable[];
}

/** What came of tracing a step: its output, as if it had just been computed, and the trace or why there is none. */
export interface TracedStep {
  readonly output: StepOutput;
  readonly trace: StepTrace | string;
}

/**
 * Computes a step as `computeStep` does, and records it. The caller tidies.
 *
 * @throws what `computeStep` throws
 */
export function traceStep(model: Model, samples: Samples, rule: StepRule): TracedStep {
  const isNew = rule.optimizer.stateOf(model.parameters).length === 0;
  const variables = variablesOf(model, rule);
  const batch = withOwnNumbers(samples);
  for (const { tensor } of variables) ownNumbers(tensor);
  const host = hostInputs(model, rule.optimizer);
  const { result: output, recording } = orForget(isNew, model, rule, () => {
    return record(() => computeStep(model, batch, rule, host));
  });
  separateVariables(recording);
  if (recording.problem !== undefined) return { output, trace: recording.problem };
  const inputs = [...batchInputs(batch), ...variables, ...ruleInputs(host.scalars), ...drawInputs(host.training)];
  const updates = output.updates.map(({ variable, value }) => ({ name: nameOf(variables, variable), tensor: value }));
  const metrics = output.metrics.flatMap((scalars, index) => {
    return scalars.map((tensor) => ({ name: `metric ${rule.metrics[index]?.name}`, tensor }));
  });
  const { graph, captured } = buildGraph(recording, inputs, [
    { name: "loss", tensor: output.loss },
    ...metrics,
    ...updates,
  ]);
  const own = captured.map((tensor): StepInput => ({ from: "tensor", tensor }));
  return {
    output,
    trace: {
      graph,
      inputs: [...inputs.map(({ input }) => input), ...own],
      alike: host.scalars.map((scalars) => host.scalars.indexOf(scalars)),
      metrics: output.metrics.map(({ length }) => length),
      updated: output.updates.map(({ variable }) => variable),
    },
  };
}

/** Has a rule remember nothing of a first step that failed: its state was made beforehand, to be told apart. */
function orForget<Result>(isNew: boolean, model: Model, { optimizer }: StepRule, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (isNew) optimizer.forgetState(model.parameters);
    throw error;
  }
}

/** A named tensor, and where it comes from. */
interface NamedInput extends Named {
  readonly tensor: tf.Tensor;
  readonly input: StepInput;
}

interface NamedVariable extends NamedInput {
  readonly tensor: tf.Variable;
}

/** The parameters, the layers' and the rule's state: of the rule's, all that there will be. */
function variablesOf(model: Model, { optimizer }: StepRule): NamedVariable[] {
  const named = (name: string, tensor: tf.Variable): NamedVariable => ({
    name,
    tensor,
    input: { from: "tensor", tensor },
  });
  const parameters = model.parameters.map((parameter) => named(model.nameOf(parameter), parameter));
  const state = (model.state ?? []).map((variable, index) => named(`state_${index + 1}`, variable));
  const slots = model.parameters.flatMap((parameter) => {
    const entries = Object.entries(optimizer.stateByName(parameter));
    return entries.map(([slot, variable]) => named(`${model.nameOf(parameter)}/${slot}`, variable));
  });
  return [...parameters, ...state, ...slots];
}

function nameOf(variables: readonly NamedVariable[], variable: tf.Variable): string {
  return variables.find(({ tensor }) => tensor === variable)?.name ?? "state";
}

function batchInputs(samples: Samples): NamedInput[] {
  const parts = Object.entries(samples) as [keyof Samples, tf.Tensor][];
  return parts.map(([part, tensor]) => ({ name: part, tensor, input: { from: "batch", part } }));
}

function ruleInputs(scalars: readonly StepScalars[]): NamedInput[] {
  const groups = new Set(scalars);
  return [...groups].flatMap((group, index) => {
    const parameter = scalars.indexOf(group);
    const numbers = Object.entries({ ...group.hyperparameters, ...(group.decay && { decay: group.decay }) });
    return numbers.map(([name, tensor]): NamedInput => {
      return { name: index === 0 ? name : `${name}_${index + 1}`, tensor, input: { from: "rule", parameter, name } };
    });
  });
}

function drawInputs({ draws }: HostInputs["training"]): NamedInput[] {
  return draws.map(({ random, tensor }, index) => {
    const input = { from: "draw", random, shape: tensor.shape } as const;
    return { name: `uniform_${index + 1}`, tensor, input };
  });
}
