import type * as tf from "@tensorflow/tfjs-core";
import { sizeOf } from "../shape.ts";
import type { ElementwiseAttributes, ElementwiseName, ElementwiseStep } from "./elementwise.ts";
import type { HostMemory } from "./host-memory.ts";

type Numbers = Float32Array;

/**
 * One operation on each number of a, and of b where there is one. The masks are −1 for operands of as many numbers as the
 * result, 0 for a single number: `index & −1` is the index, `index & 0` the first.
 */
type Loop = (out: Numbers, a: Numbers, maskA: number, b: Numbers, maskB: number) => void;

/** Each operation has a loop of its own; one loop that is handed the operation takes several times as long. */
const loops: Readonly<Record<ElementwiseName, Loop>> = {
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
};

/** The fused kernel of a backend whose memory is the host's. Written with plain loops: it runs several times a step, on a few numbers each. */
export function elementwiseIn(memory: HostMemory): tf.KernelFunc {
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
