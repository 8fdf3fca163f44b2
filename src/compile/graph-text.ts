import type { Shape } from "../shape.ts";
import { elementwiseKernel, type ElementwiseAttributes } from "./elementwise.ts";
import { formulasOf } from "./formulas.ts";
import type { GraphParts, Kernel, Operand } from "./graph.ts";
import { operandsOf } from "./operands.ts";

/** How wide lines are, but for a name or an attribute that is wider by itself. */
const width = 80;

const indent = "    ";

/**
 * A graph for readers, in lines of 80 columns: what comes in, the kernels, what goes out. What a fused kernel computes is
 * written as formulas.
 *
 *     x [32, 1], y [32, 1], dense_1/kernel [1, 16], …
 *     %9 [32, 16] = BatchMatMul(x, dense_1/kernel)
 *     …
 *     %50 [1, 16], %52 [1, 16] = Elementwise
 *         %50 = momentum × dense_1/kernel/velocity + %48
 *         %52 = dense_1/kernel − learningRate × %50
 *     loss = %31
 */
export function graphText(graph: GraphParts): string {
  return new GraphText(graph).toString();
}

class GraphText {
  readonly #graph: GraphParts;
  readonly #names: ReadonlyMap<number, string>;
  readonly #constants: ReadonlyMap<number, string>;

  constructor(graph: GraphParts) {
    this.#graph = graph;
    this.#names = new Map(graph.inputs.map(({ value, name }) => [value, name]));
    this.#constants = new Map(graph.constants.map(({ value, numbers }) => [value, rangeOf(numbers)]));
  }

  toString(): string {
    const { inputs, kernels, outputs } = this.#graph;
    const given = inputs.map(({ value }) => this.#withShape(value));
    return [
      ...filled(separated(given)),
      ...kernels.flatMap((kernel) => this.#kernel(kernel)),
      ...outputs.map((output) => `${output.name} = ${this.#operand(output)}`),
    ].join("\n");
  }

  #kernel(kernel: Kernel): string[] {
    const results = separated(kernel.outputs.map((value) => this.#withShape(value)));
    const call = kernel.name === elementwiseKernel ? this.#formulas(kernel) : [this.#arguments(kernel)];
    const [first = [], ...others] = call;
    if (others.length > 0) return [...filled([...results, "=", kernel.name]), ...call.flatMap(indented)];
    return filled([...results, "=", ...inCall(kernel.name, first)]);
  }

  /** In words that a line can be broken between. */
  #arguments(kernel: Kernel): string[] {
    const operands = operandsOf(kernel).map((operand) => this.#operand(operand));
    return separated([...operands, ...settingsOf(kernel)]);
  }

  /** One alone as an expression, several as equations; each in words that a line can be broken between. */
  #formulas(kernel: Kernel): string[][] {
    const attributes = kernel.attributes as unknown as ElementwiseAttributes;
    const inputs = operandsOf(kernel).map(({ value }) => this.#name(value));
    const formulas = formulasOf(
      attributes,
      inputs,
      kernel.outputs.map((value) => this.#name(value)),
    );
    return formulas.map(({ name, expression }) => {
      return [...(formulas.length > 1 ? [name, "="] : []), ...expression.split(" ")];
    });
  }

  #name(value: number): string {
    return this.#names.get(value) ?? this.#constants.get(value) ?? `%${value}`;
  }

  #withShape(value: number): string {
    return `${this.#name(value)} ${shapeText(this.#shapeOf(value))}`;
  }

  /** A constant with its shape unless that is a scalar's, anything else with it where it is read in another. */
  #operand({ value, shape }: Operand): string {
    if (this.#constants.has(value))
      return shape.length === 0 ? this.#name(value) : `${this.#name(value)} ${shapeText(shape)}`;
    const isAsMade = String(shape) === String(this.#shapeOf(value));
    return isAsMade ? this.#name(value) : `${this.#name(value)} as ${shapeText(shape)}`;
  }

  #shapeOf(value: number): Shape {
    return this.#graph.values[value]?.shape ?? [];
  }
}

function settingsOf({ attributes }: Kernel): string[] {
  return Object.entries(attributes)
    .filter(([, setting]) => setting !== undefined && setting !== null && setting !== false)
    .map(([name, setting]) => (setting === true ? name : `${name}: ${JSON.stringify(setting)}`));
}

function shapeText(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** A number that a constant is throughout, or from which number to which it goes. */
function rangeOf(numbers: ArrayLike<number>): string {
  let [least, most] = [Infinity, -Infinity];
  for (const number of Array.from(numbers)) [least, most] = [Math.min(least, number), Math.max(most, number)];
  return Object.is(least, most) ? shortNumber(least) : `${shortNumber(least)}…${shortNumber(most)}`;
}

function shortNumber(number: number): string {
  return String(Number(number.toPrecision(6)));
}

function separated(parts: readonly string[]): string[] {
  return parts.map((part, index) => (index === parts.length - 1 ? part : `${part},`));
}

function inCall(name: string, parts: readonly string[]): string[] {
  const called = parts.map((part, index) => (index === parts.length - 1 ? `${part})` : part));
  const [first = ")", ...others] = called;
  return [`${name}(${first}`, ...others];
}

function indented(words: readonly string[]): string[] {
  const [first = "", ...others] = words;
  return filled([indent + first, ...others], indent + indent);
}

/** Parts with spaces between, in lines that are not broken within a part. */
function filled(parts: readonly string[], hang = indent): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + part.length <= width) lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(line === undefined ? part : hang + part);
  }
  return lines;
}
