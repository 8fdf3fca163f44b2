import * as tf from "@tensorflow/tfjs-core";
import type { Graph, Kernel, Operand } from "./graph.ts";
import { operandsOf } from "./operands.ts";
import type { Shape } from "../shape.ts";

/**
 * What a kernel is handed of a tensor. The data's identity is set anew before each call. A tensor that the engine does not
 * know of, not a plain object: some kernels of the native binding hand it on to tfjs's operations.
 */
type TensorInfo = { -readonly [Name in keyof tf.Tensor]: tf.Tensor[Name] };

/** One call, ready to be made. */
interface Instruction {
  readonly run: tf.KernelFunc;
  readonly call: Parameters<tf.KernelFunc>[0];
  /** What is to be filled in before it, and of which value. */
  readonly reads: readonly { readonly info: TensorInfo; readonly value: number }[];
  readonly outputs: readonly number[];
  /** The values that nothing reads after it. */
  readonly frees: readonly number[];
}

/**
 * A graph made ready for the backend that runs: its kernels called one after the other, without the bookkeeping of
 * operations. Every value that a kernel makes is freed after its last use.
 */
export class Program {
  readonly #graph: Graph;
  readonly #backend: tf.KernelBackend;
  readonly #instructions: readonly Instruction[];
  readonly #constants: ReadonlyMap<number, tf.Tensor>;
  /** What there is of each value in the run that is under way; of constants always. */
  readonly #held: (tf.TensorInfo | undefined)[];

  /** @throws Error for a kernel that the backend does not have */
  constructor(graph: Graph) {
    this.#graph = graph;
    this.#backend = tf.backend();
    this.#instructions = instructionsOf(graph, this.#backend);
    this.#constants = new Map(
      graph.constants.map(({ value, numbers }) => {
        const { shape, dtype } = graph.values[value] as Graph["values"][number];
        return [value, tf.keep(tf.tensor(numbers, [...shape], dtype as "float32"))];
      }),
    );
    this.#held = graph.values.map((_, value) => this.#constants.get(value));
  }

  /** Whether it was made for the backend that runs now. */
  get isCurrent(): boolean {
    return this.#backend === tf.backend();
  }

  /**
   * The graph's outputs for these inputs, in its order. The caller tidies.
   *
   * @throws what a kernel throws; then nothing is left
   */
  run(inputs: readonly tf.Tensor[]): tf.Tensor[] {
    for (let index = 0; index < inputs.length; index++) {
      this.#held[(this.#graph.inputs[index] as { value: number }).value] = inputs[index];
    }
    try {
      for (const instruction of this.#instructions) this.#execute(instruction);
    } catch (error) {
      for (const { outputs } of this.#instructions) for (const value of outputs) this.#free(value);
      throw error;
    }
    return this.#outputs(inputs);
  }

  #execute({ run, call, reads, outputs, frees }: Instruction): void {
    const held = this.#held;
    for (const { info, value } of reads) info.dataId = (held[value] as tf.TensorInfo).dataId;
    const made = run(call);
    if (Array.isArray(made)) {
      for (let index = 0; index < outputs.length; index++) held[outputs[index] as number] = made[index];
    } else held[outputs[0] as number] = made;
    for (const value of frees) this.#free(value);
  }

  #free(value: number): void {
    const made = this.#held[value];
    this.#held[value] = undefined;
    if (made === undefined) return;
    if (isTensor(made)) made.dispose();
    else this.#backend.disposeData(made.dataId);
  }

  /** Hands what was made over to tfjs's engine. What is an input, a constant or an output already is cloned. */
  #outputs(inputs: readonly tf.Tensor[]): tf.Tensor[] {
    const known = new Map<number, tf.Tensor>(this.#constants);
    for (const [index, { value }] of this.#graph.inputs.entries()) known.set(value, inputs[index] as tf.Tensor);
    return this.#graph.outputs.map(({ value, shape }) => {
      const tensor = known.get(value);
      if (tensor !== undefined) return tf.reshape(tensor, [...shape]);
      const made = this.#held[value] as tf.TensorInfo;
      this.#held[value] = undefined;
      const info = { dataId: made.dataId, shape: [...shape], dtype: made.dtype };
      const output = isTensor(made) ? inShape(made, shape) : tf.engine().makeTensorFromTensorInfo(info);
      known.set(value, output);
      return output;
    });
  }

  /** Frees the constants. */
  dispose(): void {
    for (const tensor of this.#constants.values()) tensor.dispose();
  }
}

function instructionsOf(graph: Graph, backend: tf.KernelBackend): Instruction[] {
  const frees = lastUses(graph);
  return graph.kernels.map((kernel, index) => {
    const config = tf.getKernel(kernel.name, tf.getBackend());
    if (config === undefined) throw new Error(`the ${tf.getBackend()} backend has no kernel ${kernel.name}`);
    const { inputs, reads } = infosOf(kernel, graph);
    const call = { inputs, attrs: { ...kernel.attributes }, backend } as unknown as Instruction["call"];
    return { run: config.kernelFunc, call, reads, outputs: kernel.outputs, frees: frees[index] ?? [] };
  });
}

/** The objects that a kernel is handed as its inputs, and those of them to be filled in. */
function infosOf(kernel: Kernel, graph: Graph) {
  const reads: { info: TensorInfo; value: number }[] = [];
  const infoOf = ({ value, shape }: Operand): TensorInfo => {
    const { dtype } = graph.values[value] as Graph["values"][number];
    const info = new tf.Tensor([...shape], dtype, {}, -1);
    reads.push({ info, value });
    return info;
  };
  const { inputs } = kernel;
  if (Array.isArray(inputs)) return { inputs: (inputs as readonly Operand[]).map(infoOf), reads };
  const named = Object.entries(inputs).map(([name, operand]) => [name, infoOf(operand)]);
  return { inputs: Object.fromEntries(named) as Record<string, TensorInfo>, reads };
}

/** For each kernel, the values that may be freed after it: those that no later one reads and that do not go out. */
function lastUses(graph: Graph): number[][] {
  const staying = new Set([
    ...graph.inputs.map(({ value }) => value),
    ...graph.constants.map(({ value }) => value),
    ...graph.outputs.map(({ value }) => value),
  ]);
  const frees: number[][] = graph.kernels.map(() => []);
  for (const [index, kernel] of graph.kernels.toReversed().entries()) {
    for (const value of [...kernel.outputs, ...operandsOf(kernel).map((operand) => operand.value)]) {
      if (staying.has(value)) continue;
      staying.add(value);
      frees[graph.kernels.length - 1 - index]?.push(value);
    }
  }
  return frees;
}

function inShape(tensor: tf.Tensor, shape: Shape): tf.Tensor {
  return tf.util.arraysEqual(tensor.shape, [...shape]) ? tensor : tf.reshape(tensor, [...shape]);
}

/** Some backends' kernels make tensors that the engine knows of, others only what it makes them of. */
function isTensor(made: tf.TensorInfo): made is tf.Tensor {
  return "rank" in made;
}
