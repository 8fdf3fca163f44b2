import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { record, type KernelCall, type Recording } from "../../../src/compile/recording.ts";

/** What the recorder puts on the engine while it records. */
const hooks = ["runKernel", "makeTensor", "read", "readSync"];

function hooked(): string[] {
  return hooks.filter((name) => Object.hasOwn(tf.engine(), name));
}

/** Records in a tidy of its own. */
function recorded(run: () => unknown): Recording {
  let recording: Recording | undefined;
  tf.tidy(() => void ({ recording } = record(run)));
  return recording as unknown as Recording;
}

function read({ inputs }: KernelCall) {
  return Object.values(inputs);
}

/** Whether each call comes after those that made what it reads. */
function expectRunnable({ calls }: Recording): void {
  for (const [index, call] of calls.entries()) {
    const later = new Set(calls.slice(index).flatMap(({ outputs }) => outputs.map(({ dataId }) => dataId)));
    const tooSoon = read(call).filter(({ dataId }) => later.has(dataId));
    // What only hands on what it reads, as a clone does, makes no numbers.
    const isCopy = call.outputs.every(({ dataId }) => read(call).some((each) => each.dataId === dataId));
    expect(isCopy ? [] : tooSoon, `${call.name} reads what is yet to be made`).toEqual([]);
  }
}

/** For the time of a function the backend has a kernel more. */
function withKernel(kernelName: string, kernelFunc: tf.KernelFunc, run: () => void): void {
  const backendName = tf.getBackend();
  tf.registerKernel({ kernelName, backendName, kernelFunc });
  try {
    run();
  } finally {
    tf.unregisterKernel(kernelName, backendName);
  }
}

/** Numbers of a kernel's own. */
function infoOf(backend: unknown, numbers: readonly number[]): tf.TensorInfo {
  const [shape, dtype] = [[numbers.length], "float32" as const];
  return { dataId: (backend as tf.KernelBackend).write(Float32Array.from(numbers), shape, dtype), shape, dtype };
}

describe("record", () => {
  it("gives what the function gives, and each kernel with what it read and made", () => {
    tf.tidy(() => {
      const [x, y] = [tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])];
      const { result, recording } = record(() => tf.sum(tf.mul(x, y), 1));
      expect(recording.calls.map(({ name }) => name)).toEqual(["Multiply", "Sum"]);
      const [product, sum] = recording.calls as [KernelCall, KernelCall];
      expect(read(product).map(({ tensor }) => tensor)).toEqual([x, y]);
      expect(read(product).map(({ shape }) => shape)).toEqual([
        [2, 2],
        [2, 2],
      ]);
      expect(read(sum)[0]?.dataId).toBe(product.outputs[0]?.dataId);
      expect(sum.attributes).toEqual({ axis: 1, keepDims: false });
      expect(sum.outputs.map(({ dataId, shape, dtype }) => ({ dataId, shape, dtype }))).toEqual([
        { dataId: result.dataId, shape: [2], dtype: "float32" },
      ]);
      expect(recording.problem).toBeUndefined();
    });
  });

  it("leaves the engine as it was", () => {
    recorded(() => expect(hooked()).toEqual(hooks));
    expect(hooked()).toEqual([]);
  });

  it("leaves the engine as it was where the function throws", () => {
    const failing = () => {
      tf.tidy(() => {
        record(() => {
          tf.square(2);
          throw new Error("in the midst");
        });
      });
    };
    expect(failing).toThrow("in the midst");
    expect(hooked()).toEqual([]);
  });

  it("leaves the engine as it was where a kernel throws, and finds reading back after that", () => {
    const failing = () => {
      throw new Error("no memory");
    };
    withKernel("Fails", failing, () => {
      const x = tf.scalar(1);
      expect(() => recorded(() => tf.engine().runKernel("Fails", { x }))).toThrow("no memory");
      expect(hooked()).toEqual([]);
      const caught = recorded(() => {
        expect(() => tf.engine().runKernel("Fails", { x })).toThrow("no memory");
        x.dataSync();
      });
      expect(caught.problem).toBe("it reads a tensor's values back while it computes");
      expect(caught.calls).toEqual([]);
      x.dispose();
    });
  });

  it("sees a variable as it was, not as it is assigned later", () => {
    const variable = tf.tidy(() => tf.variable(tf.scalar(1)));
    const before = variable.dataId;
    const { calls } = recorded(() => {
      tf.square(variable);
      variable.assign(tf.scalar(2));
    });
    expect(read(calls[0] as KernelCall)[0]?.dataId).toBe(before);
    expect(variable.dataId).not.toBe(before);
    variable.dispose();
  });

  it("copies what comes from the host: the array may be filled anew", () => {
    const numbers = Float32Array.of(1, 2);
    tf.tidy(() => {
      const { result, recording } = record(() => {
        const tensor = tf.tensor1d(numbers);
        numbers.fill(9);
        return tensor;
      });
      expect(recording.written.get(result.dataId)).toEqual(Float32Array.of(1, 2));
    });
  });

  it("copies a kernel's attributes", () => {
    withKernel(
      "Takes",
      ({ backend }) => infoOf(backend, [1]),
      () => {
        const attributes = { rate: 1 };
        const { calls } = recorded(() => {
          tf.engine().runKernel("Takes", {}, attributes);
          attributes.rate = 2;
        });
        expect(calls.map((call) => call.attributes)).toEqual([{ rate: 1 }]);
      },
    );
  });

  it.each(["dataSync", "data", "arraySync", "array", "bufferSync"] as const)("finds out %s", async (method) => {
    const x = tf.tensor1d([1, 2]);
    let reading: unknown;
    const { problem } = recorded(() => void (reading = x[method]()));
    expect(problem).toBe("it reads a tensor's values back while it computes");
    await reading;
    x.dispose();
  });

  it("lets a kernel read what it is handed: that happens in each run of it", () => {
    const reading: tf.KernelFunc = ({ inputs, backend }) => {
      const { x } = inputs as { x: tf.TensorInfo };
      return infoOf(
        backend,
        Array.from(tf.engine().readSync(x.dataId) as Float32Array, (number) => 2 * number),
      );
    };
    withKernel("Doubles", reading, () => {
      const x = tf.tensor1d([1, 2]);
      const { problem, calls } = recorded(() => tf.engine().runKernel("Doubles", { x }));
      expect(problem).toBeUndefined();
      expect(calls.map(({ name }) => name)).toEqual(["Doubles"]);
      x.dispose();
    });
  });

  it("says that it cannot hold strings", () => {
    expect(recorded(() => tf.tensor(["a", "b"])).problem).toBe("it makes tensors of type string");
  });

  it("puts the kernels that a kernel is made of before it", () => {
    const nesting: tf.KernelFunc = ({ inputs, backend }) => {
      const { x } = inputs as { x: tf.Tensor };
      tf.square(x);
      tf.neg(x);
      return infoOf(backend, [7]);
    };
    withKernel("Nests", nesting, () => {
      const x = tf.tensor1d([1]);
      const recording = recorded(() => tf.sqrt(tf.engine().runKernel("Nests", { x }) as tf.Tensor));
      expect(recording.calls.map(({ name }) => name)).toEqual(["Square", "Neg", "Nests", "Sqrt"]);
      expectRunnable(recording);
      x.dispose();
    });
  });

  it("puts a kernel before the copies of its results that are kept for the gradient", () => {
    const x = tf.tensor1d([1, 2]);
    const recording = recorded(() => tf.grad((at: tf.Tensor) => tf.sum(tf.tanh(tf.sigmoid(tf.exp(at)))))(x));
    const names = recording.calls.map(({ name }) => name);
    expect(names.indexOf("Exp")).toBeLessThan(names.indexOf("Sigmoid"));
    expectRunnable(recording);
    for (const name of ["Exp", "Sigmoid", "Tanh"]) {
      const made = recording.calls.find((call) => call.name === name)?.outputs[0]?.dataId;
      const firstSeen = recording.calls.findIndex((call) =>
        [...read(call), ...call.outputs].some(({ dataId }) => dataId === made),
      );
      expect(names[firstSeen], `what first knows of ${name}'s result`).toBe(name);
    }
    x.dispose();
  });

  it("leaves out inputs that are not there", () => {
    const [a, b] = [tf.tensor3d([1, 2], [1, 1, 2]), tf.tensor3d([3, 4], [1, 2, 1])];
    const attributes = { transposeA: false, transposeB: false, activation: "linear" };
    const inputs = { a, b, bias: undefined, preluActivationWeights: null } as unknown as tf.NamedTensorMap;
    const { calls } = recorded(() => tf.engine().runKernel("_FusedMatMul", inputs, attributes));
    expect(Object.keys(calls.find(({ name }) => name === "_FusedMatMul")?.inputs ?? {})).toEqual(["a", "b"]);
    tf.dispose([a, b]);
  });
});
