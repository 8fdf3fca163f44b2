import { fuseKernels, type Fused, type OnlyMakerOf } from "../fusion.ts";
import type { Graph, Kernel, Operand, Value } from "../graph.ts";
import { isAsMade } from "../rewrite.ts";

/** tfjs's names of the activations that its fused kernel has on every backend, by the kernels that compute them alone. */
const activations: Readonly<Record<string, string>> = { Relu: "relu", Sigmoid: "sigmoid", Elu: "elu" };

/**
 * A dense layer's product, bias and activation as the one kernel that backends have for it:
 *
 *     activation(x W + b)
 *
 * x [batch, inputs], W [inputs, units], b [units], neither transposed. Where something else reads the sum before the activation, as most
 * gradients do, the activation stays a kernel of its own.
 */
export function fuseDense(graph: Graph): Graph {
  return fuseKernels(graph, (kernel, onlyMakerOf) => {
    return withBias(kernel, graph, onlyMakerOf) ?? withActivation(kernel, onlyMakerOf);
  });
}

/** x W + b. */
function withBias(kernel: Kernel, graph: Graph, onlyMakerOf: OnlyMakerOf): Fused | undefined {
  if (kernel.name !== "Add") return undefined;
  const { a: sum, b: bias } = kernel.inputs as Record<"a" | "b", Operand>;
  const product = onlyMakerOf(sum);
  if (product?.name !== "BatchMatMul" || sum.shape.length !== 2) return undefined;
  // Of a transposed product wasm (tfjs 4.22.0) adds the bias's last number to all rows but the first.
  if (product.attributes["transposeA"] === true || product.attributes["transposeB"] === true) return undefined;
  const isBias = bias.shape.length === 1 && bias.shape[0] === sum.shape[1] && isAsMade(graph, bias);
  if (!isBias || !isFloat(graph.values[kernel.outputs[0] as number])) return undefined;
  const { a, b } = product.inputs as Record<"a" | "b", Operand>;
  // Backends differ in the ranks that they take; three they all take.
  const inputs = { a: asBatch(a), b: asBatch(b), bias };
  const attributes = { ...product.attributes, activation: "linear" };
  return { kernel: { name: "_FusedMatMul", inputs, attributes, outputs: kernel.outputs }, parts: [sum.value] };
}

/** The activation of a sum that is fused already. */
function withActivation(kernel: Kernel, onlyMakerOf: OnlyMakerOf): Fused | undefined {
  const activation = Object.hasOwn(activations, kernel.name) ? activations[kernel.name] : undefined;
  const { x } = kernel.inputs as Record<string, Operand>;
  if (activation === undefined || x === undefined) return undefined;
  const dense = onlyMakerOf(x);
  if (dense?.name !== "_FusedMatMul" || dense.attributes["activation"] !== "linear") return undefined;
  const attributes = { ...dense.attributes, activation };
  return { kernel: { ...dense, attributes, outputs: kernel.outputs }, parts: [x.value] };
}

function asBatch({ value, shape }: Operand): Operand {
  return { value, shape: [1, ...shape] };
}

function isFloat(value: Value | undefined): boolean {
  return value?.dtype === "float32";
}
