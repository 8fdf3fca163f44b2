import type { GraphParts, Kernel, Operand } from "./graph.ts";
import type { Shape } from "../shape.ts";

/**
 * A graph for readers:
 *
 *     x [32, 1], y [32, 1], dense_1/kernel [1, 16], …
 *     %9 [32, 16] = BatchMatMul(x, dense_1/kernel)
 *     …
 *     loss = %31
 */
export function graphText(graph: GraphParts): string {
  const names = new Map(graph.inputs.map(({ value, name }) => [value, name]));
  const constants = new Map(graph.constants.map(({ value, numbers }) => [value, constantText(numbers)]));
  const nameOf = (value: number) => names.get(value) ?? constants.get(value) ?? `%${value}`;
  const shapeOf = (value: number): Shape => graph.values[value]?.shape ?? [];
  const operandText = ({ value, shape }: Operand) => {
    const isAsMade = constants.has(value) || String(shape) === String(shapeOf(value));
    return isAsMade ? nameOf(value) : `${nameOf(value)} as ${shapeText(shape)}`;
  };
  const inputs = graph.inputs.map(({ value, name }) => `${name} ${shapeText(shapeOf(value))}`);
  const kernels = graph.kernels.map((kernel) => {
    const results = kernel.outputs.map((value) => `${nameOf(value)} ${shapeText(shapeOf(value))}`);
    return `${results.join(", ")} = ${kernel.name}(${argumentsText(kernel, operandText)})`;
  });
  const outputs = graph.outputs.map((output) => `${output.name} = ${operandText(output)}`);
  return [inputs.join(", "), ...kernels, ...outputs].join("\n");
}

function argumentsText({ inputs, attributes }: Kernel, operandText: (operand: Operand) => string): string {
  const operands = Object.values(inputs).map(operandText);
  const settings = Object.entries(attributes)
    .filter(([, setting]) => setting !== undefined && setting !== null && setting !== false)
    .map(([name, setting]) => (setting === true ? name : `${name}: ${JSON.stringify(setting)}`));
  return [...operands, ...settings].join(", ");
}

function shapeText(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** A number, or how many there are of it, or only their range. */
function constantText(numbers: ArrayLike<number>): string {
  const list = Array.from(numbers);
  const [first = NaN] = list;
  if (list.length === 1) return shortNumber(first);
  if (list.every((number) => Object.is(number, first))) return `${shortNumber(first)} × ${list.length}`;
  const [least, most] = list.reduce(([low, high], number) => [Math.min(low, number), Math.max(high, number)] as const, [
    Infinity,
    -Infinity,
  ] as const);
  return `${list.length} from ${shortNumber(least)} to ${shortNumber(most)}`;
}

function shortNumber(number: number): string {
  return String(Number(number.toPrecision(6)));
}
