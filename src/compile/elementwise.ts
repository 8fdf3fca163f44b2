import * as tf from "@tensorflow/tfjs-core";
import { sizeOf, type Shape } from "../shape.ts";
import { hostMemories, type HostMemory } from "./host-memory.ts";

type Numbers = Float32Array;

/**
 * One operation on each number of a, and of b where there is one. The masks are −1 for operands of as many numbers as the
 * result, 0 for a single number: `index & −1` is the index, `index & 0` the first.
 */
type Loop = (out: Numbers, a: Numbers, maskA: number, b: Numbers, maskB: number) => void;

/**
 * The operations that a fused kernel may hold, by tfjs's names: those whose result in float32 is the same wherever it is
 * computed. Each has a loop of its own; one loop that is handed the operation takes several times as long.
 */
const loops = {
  Add: (out, a, maskA, b, maskB) => {
    for (let i = 0; i < out.length; i++) out[i] = (a[i & maskA] as number) + (b[i & maskB] as number);
  },
  Sub: (out, a, maskA, b, maskB) => {
    for (let i = 0; i < out.length; i++) out[i] = (a[i & maskA] as number) - (b[i & maskB] as number);
  },
  Multiply: (out, a, maskA, b, maskB) => {
    for (let i = 0; i < out.length; i++) out[i] = (a[i & maskA] as number) * (b[i & maskB] as number);
  },
  RealDiv: (out, a, maskA, b, maskB) => {
    for (let i = 0; i < out.length; i++) out[i] = (a[i & maskA] as number) / (b[i & maskB] as number);
  },
  SquaredDifference: (out, a, maskA, b, maskB) => {
    for (let i = 0; i < out.length; i++) {
      const difference = Math.fround((a[i & maskA] as number) - (b[i & maskB] as number));
      out[i] = difference * difference;
    }
  },
  Neg: (out, a, maskA) => {
    for (let i = 0; i < out.length; i++) out[i] = -(a[i & maskA] as number);
  },
  Square: (out, a, maskA) => {
    for (let i = 0; i < out.length; i++) out[i] = (a[i & maskA] as number) * (a[i & maskA] as number);
  },
  Sqrt: (out, a, maskA) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(a[i & maskA] as number);
  },
} as const satisfies Record<string, Loop>;

/** tfjs's name of an operation that a fused kernel may hold. */
export type ElementwiseName = keyof typeof loops;

/** Whether a fused kernel may hold it. */
export function isElementwise(name: string): name is ElementwiseName {
  return Object.hasOwn(loops, name);
}

/** One operation of a fused kernel. Operands are counted over the kernel's inputs, then over its operations. */
export interface ElementwiseStep {
  readonly name: ElementwiseName;
  readonly a: number;
  /** Of an operation on two. */
  readonly b?: number;
}

/** What a fused kernel computes: all operations have results of one shape. */
export type ElementwiseAttributes = {
  readonly steps: readonly ElementwiseStep[];
  /** Which of the operations' results go out. */
  readonly results: readonly number[];
  readonly shape: Shape;
};

/** What the kernel is called among tfjs's. */
export const elementwiseKernel = "Elementwise";

/**
 * Whether the backend that runs has a kernel for chains of operations element by element in one call: what a call costs
 * beside the arithmetic is then paid once for them all. Backends on the CPU's side are given one.
 */
export function hasElementwise(): boolean {
  const backendName = tf.getBackend();
  const memory = Object.hasOwn(hostMemories, backendName) ? hostMemories[backendName] : undefined;
  if (memory === undefined) return false;
  if (tf.getKernel(elementwiseKernel, backendName) === undefined)
    tf.registerKernel({ kernelName: elementwiseKernel, backendName, kernelFunc: kernelIn(memory) });
  return true;
}

/** Written with plain loops: it runs several times a step, on a few numbers each. */
function kernelIn(memory: HostMemory): tf.KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const { steps, results, shape } = attrs as unknown as ElementwiseAttributes;
    const operands = inputs as unknown as readonly tf.TensorInfo[];
    const made: tf.TensorInfo[] = [];
    for (const _ of results) made.push(memory.make(backend, [...shape]));
    const values: Numbers[] = [];
    for (const info of operands) values.push(memory.view(backend, info));
    const size = sizeOf(shape);
    for (let index = 0; index < steps.length; index++) {
      const { name, a, b = a } = steps[index] as ElementwiseStep;
      const place = results.indexOf(index);
      const out = place < 0 ? scratch(index, size) : memory.view(backend, made[place] as tf.TensorInfo);
      const [left, right] = [values[a] as Numbers, values[b] as Numbers];
      loops[name](out, left, left.length === size ? -1 : 0, right, right.length === size ? -1 : 0);
      values.push(out);
    }
    return made;
  };
}

const scratches: Numbers[] = [];

/** Room for what stays within a kernel, the same in each call. */
function scratch(index: number, size: number): Numbers {
  const known = scratches[index];
  if (known?.length === size) return known;
  const made = known !== undefined && known.length > size ? known.subarray(0, size) : new Float32Array(size);
  if (known === undefined || known.length < size) scratches[index] = made;
  return made;
}
