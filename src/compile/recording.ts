import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../shape.ts";

/** What identifies the numbers of a tensor: tensors that share it, as a reshape does, are the same numbers. */
export type DataId = tf.Tensor["dataId"];

/** A tensor as it was when a kernel read or made it: a variable may hold other numbers by now. */
export interface Seen {
  readonly dataId: DataId;
  readonly shape: Shape;
  readonly dtype: tf.DataType;
  readonly tensor: tf.Tensor;
}

/** One kernel that ran. */
export interface KernelCall {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Seen>> | readonly Seen[];
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: readonly Seen[];
}

/** All that a function did on tensors. */
export interface Recording {
  /** In an order in which they can run again: what a kernel made of other kernels calls comes before it. */
  readonly calls: readonly KernelCall[];
  /** What came from the host. */
  readonly written: ReadonlyMap<DataId, tf.TypedArray>;
  /** Why the calls are not all that happened, if they are not. */
  readonly problem: string | undefined;
}

/** What the recorder stands in for while it records. */
type Engine = ReturnType<typeof tf.engine>;

/**
 * Runs a function and records the kernels that it calls, with what they read and made. All operations of tfjs, gradients
 * included, go through `runKernel` of its one engine, and all numbers from the host through `makeTensor`: for the time of
 * this call the engine has these, and the two ways to read back, as properties of its own.
 */
export function record<Result>(run: () => Result): { readonly result: Result; readonly recording: Recording } {
  const engine = tf.engine();
  const calls: KernelCall[] = [];
  const written = new Map<DataId, tf.TypedArray>();
  let problem: string | undefined;
  let depth = 0;
  const prototype: Pick<Engine, "runKernel" | "makeTensor" | "read" | "readSync"> = Object.getPrototypeOf(engine);
  const runKernel = (...given: Parameters<Engine["runKernel"]>): tf.Tensor | tf.Tensor[] => {
    const [name, inputs, attributes = {}] = given;
    const read = seenInputs(inputs);
    const first = calls.length;
    depth++;
    try {
      const made = prototype.runKernel.apply(engine, given);
      const outputs = [made].flat().map(seen);
      calls.splice(placeOf(outputs, calls, first), 0, { name, inputs: read, attributes: { ...attributes }, outputs });
      return made;
    } finally {
      depth--;
    }
  };
  const readsBack = <Method extends (...given: never[]) => unknown>(method: Method): Method =>
    function (this: unknown, ...given: Parameters<Method>) {
      // What a kernel reads for itself is its own affair.
      if (depth === 0) problem = "it reads a tensor's values back while it computes";
      return method.apply(engine, given);
    } as Method;
  Object.assign(engine, {
    runKernel,
    makeTensor(...given: Parameters<Engine["makeTensor"]>) {
      const tensor = prototype.makeTensor.apply(engine, given);
      const [values] = given;
      // A copy: whoever made the array may go on to fill it.
      if (ArrayBuffer.isView(values)) written.set(tensor.dataId, values.slice());
      else if (depth === 0) problem = `it makes tensors of type ${tensor.dtype}`;
      return tensor;
    },
    read: readsBack(prototype.read),
    readSync: readsBack(prototype.readSync),
  });
  try {
    const result = run();
    return { result, recording: { calls, written, problem } };
  } finally {
    for (const method of ["runKernel", "makeTensor", "read", "readSync"]) Reflect.deleteProperty(engine, method);
  }
}

/** A tensor as it is now. */
export function seen(tensor: tf.Tensor): Seen {
  const { dataId, shape, dtype } = tensor;
  return { dataId, shape, dtype, tensor };
}

/** Inputs that are left out, a bias that is not there, are left out. */
function seenInputs(inputs: Parameters<Engine["runKernel"]>[1]): KernelCall["inputs"] {
  if (Array.isArray(inputs)) return (inputs as readonly tf.Tensor[]).map(seen);
  const given = Object.entries(inputs).filter(([, tensor]) => tensor != null);
  return Object.fromEntries(given.map(([name, tensor]) => [name, seen(tensor)]));
}

/**
 * Where a kernel belongs among those that ran while it did: after what it is made of, but before the copies that the
 * engine keeps of its outputs for the gradient.
 */
function placeOf(outputs: readonly Seen[], calls: readonly KernelCall[], first: number): number {
  for (let index = first; index < calls.length; index++) {
    const read = Object.values((calls[index] as KernelCall).inputs);
    if (read.some(({ dataId }) => outputs.some((output) => output.dataId === dataId))) return index;
  }
  return calls.length;
}
