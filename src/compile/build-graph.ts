import type * as tf from "@tensorflow/tfjs-core";
import { dropDead } from "./passes/drop-dead.ts";
import { Graph, type Constant, type Kernel, type Operand, type Value } from "./graph.ts";
import { operandsOf } from "./operands.ts";
import { seen, type DataId, type KernelCall, type Recording, type Seen } from "./recording.ts";

/** A tensor by the name that the graph gives it. */
export interface Named {
  readonly name: string;
  readonly tensor: tf.Tensor;
}

/** A graph, and the tensors that it reads without having been told of: a layer's or a loss's own. */
export interface BuiltGraph {
  /** The inputs are the ones named, then the captured ones. */
  readonly graph: Graph;
  readonly captured: readonly tf.Tensor[];
}

/**
 * The graph of what was recorded. Tensors of the same numbers are one value: reshapes, clones and casts to the same type
 * that share them leave no kernel. What nothing depends on is left out.
 *
 * @param inputs no two of the same numbers, and none that the recorded function assigned to
 */
export function buildGraph(recording: Recording, inputs: readonly Named[], outputs: readonly Named[]): BuiltGraph {
  const builder = new GraphBuilder(recording.written);
  for (const { name, tensor } of inputs) builder.addInput(name, seen(tensor));
  for (const call of recording.calls) builder.addCall(call);
  const results = outputs.map(({ name, tensor }) => ({ name, ...builder.operand(seen(tensor)) }));
  return builder.finish(results);
}

class GraphBuilder {
  readonly #written: Recording["written"];
  /** The values of the same numbers: backends have a cast share them too, where it loses nothing. */
  readonly #known = new Map<DataId, number[]>();
  readonly #values: Value[] = [];
  readonly #inputs: { value: number; name: string }[] = [];
  readonly #constants: Constant[] = [];
  readonly #kernels: Kernel[] = [];
  readonly #captured = new Map<number, tf.Tensor>();

  constructor(written: Recording["written"]) {
    this.#written = written;
  }

  addInput(name: string, tensor: Seen): void {
    this.#inputs.push({ value: this.#add(tensor), name });
  }

  #add({ dataId, shape, dtype }: Seen): number {
    const value = this.#values.push({ shape, dtype }) - 1;
    this.#known.set(dataId, [...(this.#known.get(dataId) ?? []), value]);
    return value;
  }

  #find({ dataId, dtype }: Seen): number | undefined {
    return this.#known.get(dataId)?.find((value) => this.#values[value]?.dtype === dtype);
  }

  /** A tensor that nothing recorded made is a constant if its numbers came from the host meanwhile, else captured. */
  operand(tensor: Seen): Operand {
    const known = this.#find(tensor);
    if (known !== undefined) return { value: known, shape: tensor.shape };
    const value = this.#add(tensor);
    const numbers = this.#written.get(tensor.dataId);
    if (numbers === undefined) this.#captured.set(value, tensor.tensor);
    else this.#constants.push({ value, numbers });
    return { value, shape: tensor.shape };
  }

  addCall({ name, inputs, attributes, outputs }: KernelCall): void {
    const isKnown = () => outputs.every((output) => this.#find(output) !== undefined);
    if (isKnown()) return;
    const operands = Array.isArray(inputs)
      ? (inputs as readonly Seen[]).map((each) => this.operand(each))
      : Object.fromEntries(
          Object.entries(inputs as Record<string, Seen>).map(([key, each]) => [key, this.operand(each)]),
        );
    // A clone of what came from the host, or of a captured tensor, has become known by having been read.
    if (isKnown()) return;
    this.#kernels.push({ name, inputs: operands, attributes, outputs: outputs.map((output) => this.#add(output)) });
  }

  finish(outputs: Graph["outputs"]): BuiltGraph {
    const [values, constants, kernels] = [this.#values, this.#constants, this.#kernels];
    const lean = dropDead(new Graph({ values, inputs: this.#inputs, constants, kernels, outputs }));
    const read = new Set(
      [...lean.kernels.flatMap((kernel) => operandsOf(kernel)), ...outputs].map(({ value }) => value),
    );
    const captured = [...this.#captured].filter(([value]) => read.has(value));
    const inputs = captured.map(([value], index) => ({ value, name: `captured_${index + 1}` }));
    return {
      graph: lean.with({ inputs: [...this.#inputs, ...inputs] }),
      captured: captured.map(([, tensor]) => tensor),
    };
  }
}
