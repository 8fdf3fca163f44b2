import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "rivulet";
import { expect } from "vitest";
import { buildGraph, type BuiltGraph } from "../../src/compile/build-graph.ts";
import { Graph, type Constant, type Kernel, type Operand, type Value } from "../../src/compile/graph.ts";
import { mapOperands } from "../../src/compile/operands.ts";
import { dropCopies } from "../../src/compile/passes/drop-copies.ts";
import { dropDead } from "../../src/compile/passes/drop-dead.ts";
import { Program } from "../../src/compile/program.ts";
import { record } from "../../src/compile/recording.ts";
import { expectClose } from "./expect-close.ts";

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** The graph of a function of tensors, both by name. The tensors stay the caller's; what is captured too. */
export function traced<Inputs extends Tensors>(inputs: Inputs, run: (inputs: Inputs) => Tensors): BuiltGraph {
  const named = (tensors: Tensors) => Object.entries(tensors).map(([name, tensor]) => ({ name, tensor }));
  let built: BuiltGraph | undefined;
  tf.tidy(() => {
    const { result, recording } = record(() => run(inputs));
    built = buildGraph(recording, named(inputs), named(result));
  });
  return built as unknown as BuiltGraph;
}

/** A graph made by hand, operation by operation. */
export class GraphMaker {
  readonly #values: Value[] = [];
  readonly #inputs: { value: number; name: string }[] = [];
  readonly #constants: Constant[] = [];
  readonly #kernels: Kernel[] = [];

  input(name: string, shape: Shape, dtype: tf.DataType = "float32"): Operand {
    const operand = this.#value(shape, dtype);
    this.#inputs.push({ value: operand.value, name });
    return operand;
  }

  constant(numbers: readonly number[], shape: Shape, dtype: "float32" | "int32" = "float32"): Operand {
    const operand = this.#value(shape, dtype);
    const list = dtype === "int32" ? Int32Array.from(numbers) : Float32Array.from(numbers);
    this.#constants.push({ value: operand.value, numbers: list });
    return operand;
  }

  scalar(number: number): Operand {
    return this.constant([number], []);
  }

  /** Of one result, of the shape and type that are given: left out, those of the first operand. */
  kernel(name: string, inputs: Kernel["inputs"], made: Partial<Value> = {}, attributes: Kernel["attributes"] = {}) {
    const [first] = Object.values(inputs);
    const dtype = this.#values[first?.value ?? NaN]?.dtype ?? "float32";
    const operand = this.#value(made.shape ?? first?.shape ?? [], made.dtype ?? dtype);
    this.#kernels.push({ name, inputs, attributes, outputs: [operand.value] });
    return operand;
  }

  /** x times or over or plus y, of x's shape. */
  of(name: string, a: Operand, b: Operand, shape: Shape = a.shape): Operand {
    return this.kernel(name, { a, b }, { shape });
  }

  /** A function of x. */
  on(name: string, x: Operand): Operand {
    return this.kernel(name, { x });
  }

  graph(outputs: Readonly<Record<string, Operand>>): Graph {
    const [values, inputs, constants, kernels] = [this.#values, this.#inputs, this.#constants, this.#kernels];
    const named = Object.entries(outputs).map(([name, operand]) => ({ name, ...operand }));
    return new Graph({ values, inputs, constants, kernels, outputs: named });
  }

  #value(shape: Shape, dtype: tf.DataType): Operand {
    return { value: this.#values.push({ shape, dtype }) - 1, shape };
  }
}

/** A traced graph's text, without the copies that some backends make, its values counted as they come. */
export function textOf(graph: Graph): string {
  const numbers = new Map<string, number>();
  return String(dropDead(dropCopies(graph))).replaceAll(/%\d+/g, (name) => {
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    return `%${number}`;
  });
}

/** A graph's text without the line of what comes in, a kernel in one line however long. */
export function linesOf(graph: Graph): string[] {
  return graph
    .toString()
    .replaceAll(/\n {4,}/g, " ")
    .split("\n")
    .slice(1);
}

/** The names of a graph's kernels. */
export function kernelsOf(graph: Graph): string[] {
  return graph.kernels.map(({ name }) => name);
}

/** Numbers for a graph's inputs: as many as each holds, over a range with its ends. */
function someInputs(graph: Graph, from = -2, to = 2.5): number[][] {
  return graph.inputs.map(({ value }, index) => {
    const { shape = [], dtype } = graph.values[value] ?? {};
    const size = tf.util.sizeFromShape([...shape]);
    const numbers = Array.from(
      { length: size },
      (_, at) => from + ((to - from) * (at + index / 3)) / Math.max(1, size),
    );
    return dtype === "int32" ? numbers.map(Math.round) : numbers;
  });
}

/**
 * A graph that reads values in the shapes that they were made in, as it is traced on a backend that ties a shape to the
 * numbers: the native binding.
 */
function inOwnShapes(graph: Graph): Graph {
  if (tf.getBackend() !== "tensorflow") return graph;
  const values = [...graph.values];
  const kernels = graph.kernels.flatMap((kernel) => {
    const reshapes: Kernel[] = [];
    const read = mapOperands(kernel, ({ value, shape }) => {
      const dtype = values[value]?.dtype ?? "float32";
      const made = values.push({ shape, dtype }) - 1;
      const x = { value, shape: values[value]?.shape ?? [] };
      reshapes.push({ name: "Reshape", inputs: { x }, attributes: { shape }, outputs: [made] });
      return { value: made, shape };
    });
    return [...reshapes, read];
  });
  return graph.with({ values, kernels });
}

/** What a graph's program gives, output by output. */
export async function numbersOf(graph: Graph, inputs: readonly (readonly number[])[]): Promise<number[][]> {
  const tensors = graph.inputs.map(({ value }, index) => {
    const { shape = [], dtype } = graph.values[value] ?? {};
    return tf.tensor([...(inputs[index] as readonly number[])], [...shape], dtype);
  });
  const program = new Program(inOwnShapes(graph));
  const outputs = tf.tidy(() => program.run(tensors));
  try {
    return await Promise.all(outputs.map(async (output) => Array.from(await output.data())));
  } finally {
    tf.dispose([outputs, tensors]);
    program.dispose();
  }
}

/**
 * Expects two graphs of the same inputs to give the same shapes and numbers.
 *
 * @param tolerance default 0: to the last bit
 */
export async function expectSameResults(
  one: Graph,
  other: Graph,
  tolerance = 0,
  inputs: readonly (readonly number[])[] = someInputs(one),
): Promise<void> {
  expect(one.outputs.map(({ name, shape }) => ({ name, shape }))).toEqual(
    other.outputs.map(({ name, shape }) => ({ name, shape })),
  );
  const [before, after] = [await numbersOf(one, inputs), await numbersOf(other, inputs)];
  if (tolerance === 0) expect(after).toEqual(before);
  else for (const [index, numbers] of before.entries()) await expectClose(after[index] ?? [], numbers, tolerance);
}
