import { fuseKernels, type Fused, type OnlyMakerOf } from "../fusion.ts";
import type { Graph, Kernel, Operand } from "../graph.ts";
import type { SlopeName } from "../slopes.ts";

/**
 * What gradients of sigmoid and tanh are multiplied with, and the product, as the one kernel that the native binding has
 * for it:
 *
 *     ∂C/∂y × (y × (1 − y))        ∂C/∂y × (1 − y²)
 *
 * y the activation, both of one shape, float32.
 */
export function fuseSlopes(graph: Graph): Graph {
  const ones = new Set<number>();
  for (const { value, numbers } of graph.constants) if (numbers.every((number) => number === 1)) ones.add(value);
  return fuseKernels(graph, (kernel, onlyMakerOf) => {
    if (kernel.name !== "Multiply" || !isFloat(graph, kernel)) return undefined;
    const { a, b } = kernel.inputs as Record<"a" | "b", Operand>;
    return withSlope(kernel, a, slopeOf(b, ones, onlyMakerOf)) ?? withSlope(kernel, b, slopeOf(a, ones, onlyMakerOf));
  });
}

/** An activation's slope at each of its values y. */
interface Slope {
  readonly name: SlopeName;
  readonly y: Operand;
  readonly parts: readonly number[];
}

function slopeOf(slope: Operand, ones: ReadonlySet<number>, onlyMakerOf: OnlyMakerOf): Slope | undefined {
  const maker = onlyMakerOf(slope);
  /** What is taken from 1, if that is what makes an operand. */
  const rest = (operand: Operand): Operand | undefined => {
    const { name, inputs } = onlyMakerOf(operand) ?? {};
    const { a, b } = (inputs ?? {}) as Partial<Record<"a" | "b", Operand>>;
    return name === "Sub" && a !== undefined && ones.has(a.value) ? b : undefined;
  };
  const squared = rest(slope);
  const square = squared && onlyMakerOf(squared);
  if (square?.name === "Square") {
    const { x } = square.inputs as Record<"x", Operand>;
    return { name: "TanhGrad", y: x, parts: [slope.value, (squared as Operand).value] };
  }
  if (maker?.name !== "Multiply") return undefined;
  const { a, b } = maker.inputs as Record<"a" | "b", Operand>;
  for (const [y, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (rest(other)?.value === y.value) return { name: "SigmoidGrad", y, parts: [slope.value, other.value] };
  }
  return undefined;
}

function withSlope(kernel: Kernel, dy: Operand, slope: Slope | undefined): Fused | undefined {
  if (slope === undefined || String(dy.shape) !== String(slope.y.shape)) return undefined;
  return { kernel: { ...kernel, name: slope.name, inputs: { y: slope.y, dy }, attributes: {} }, parts: slope.parts };
}

function isFloat({ values }: Graph, { outputs }: Kernel): boolean {
  return values[outputs[0] as number]?.dtype === "float32";
}
