import type * as tf from "@tensorflow/tfjs-core";
import { exactJson } from "./exact-json.ts";
import type { Graph } from "./graph.ts";
import type { StepInput, StepTrace } from "./step-trace.ts";

/** In what two traces of a step differ, in words for a message; undefined if in nothing. */
export function differenceOf(one: StepTrace, other: StepTrace): string | undefined {
  if (one.inputs.length !== other.inputs.length) return "what it reads";
  const changed = one.inputs.findIndex((input, index) => !sameInput(input, other.inputs[index] as StepInput));
  if (changed >= 0) return `where ${one.graph.inputs[changed]?.name} comes from`;
  if (computation(one.graph) !== computation(other.graph)) return "the operations";
  const isUpdated =
    one.updated.length === other.updated.length && one.updated.every((each, i) => each === other.updated[i]);
  if (!isUpdated || String(one.metrics) !== String(other.metrics)) return "what it returns";
  const constants = one.graph.constants.map(({ numbers }, index) => {
    return sameNumbers(numbers, other.graph.constants[index]?.numbers);
  });
  return constants.every(Boolean) ? undefined : "numbers that come from the host";
}

function sameInput(one: StepInput, other: StepInput): boolean {
  if (one.from === "batch") return other.from === "batch" && one.part === other.part;
  if (one.from === "tensor") return other.from === "tensor" && one.tensor === other.tensor;
  if (one.from === "rule") return other.from === "rule" && one.parameter === other.parameter && one.name === other.name;
  return other.from === "draw" && one.random.path === other.random.path && String(one.shape) === String(other.shape);
}

/** All of a graph but the numbers of its constants, as a text. */
function computation({ values, inputs, kernels, constants, outputs }: Graph): string {
  const origins = constants.map(({ value }) => value);
  return exactJson([values, inputs, kernels, origins, outputs]);
}

function sameNumbers(one: tf.TypedArray, other: tf.TypedArray | undefined): boolean {
  if (other === undefined || one.length !== other.length) return false;
  return one.every((number, index) => Object.is(number, other[index]));
}
