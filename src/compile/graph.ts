import type * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../shape.ts";
import { graphText } from "./graph-text.ts";

/** What a number in a graph stands for: an input, a constant, or what a kernel computes. */
export interface Value {
  readonly shape: Shape;
  readonly dtype: tf.DataType;
}

/** A value as a kernel reads it. The shape may be another than the value's: the same numbers, reshaped at no cost. */
export interface Operand {
  readonly value: number;
  readonly shape: Shape;
}

/** One call of a backend's kernel. */
export interface Kernel {
  /** tfjs's name of it, `"BatchMatMul"`. */
  readonly name: string;
  /** By name, or a list where the kernel takes any number. */
  readonly inputs: Readonly<Record<string, Operand>> | readonly Operand[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: readonly number[];
}

/** A value whose numbers are the same in every step. */
export interface Constant {
  readonly value: number;
  readonly numbers: tf.TypedArray;
}

/** The parts of a graph. */
export interface GraphParts {
  /** By number. */
  readonly values: readonly Value[];
  /** The values that come in, each with a name for readers. */
  readonly inputs: readonly { readonly value: number; readonly name: string }[];
  readonly constants: readonly Constant[];
  /** In an order in which they can run. */
  readonly kernels: readonly Kernel[];
  readonly outputs: readonly (Operand & { readonly name: string })[];
}

/**
 * What a step computes, as plain data: kernels over numbered values of static shapes and types. Nothing of any backend is
 * in it. Every value has one origin: it comes in, is a constant, or is one kernel's output.
 */
export class Graph implements GraphParts {
  readonly values: readonly Value[];
  readonly inputs: GraphParts["inputs"];
  readonly constants: readonly Constant[];
  readonly kernels: readonly Kernel[];
  readonly outputs: GraphParts["outputs"];

  constructor({ values, inputs, constants, kernels, outputs }: GraphParts) {
    this.values = values;
    this.inputs = inputs;
    this.constants = constants;
    this.kernels = kernels;
    this.outputs = outputs;
  }

  /** This graph with some parts replaced. */
  with(parts: Partial<GraphParts>): Graph {
    return new Graph({ ...this.parts(), ...parts });
  }

  parts(): GraphParts {
    const { values, inputs, constants, kernels, outputs } = this;
    return { values, inputs, constants, kernels, outputs };
  }

  /** One kernel a line, with shapes: what comes in, what is computed of what, what goes out. */
  toString(): string {
    return graphText(this);
  }
}
