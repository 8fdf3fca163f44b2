import * as tf from "@tensorflow/tfjs-core";
import { useBackend, type Layer, type LossLike } from "rivulet";
import { Dense, Dropout } from "rivulet/layers";
import { Adam, SGD } from "rivulet/optimizers";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { passNames } from "../../../src/compile/passes.ts";
import { expectNoDataLeft, mostDataIn } from "../../support/backend-data.ts";
import { CompiledSteps, eagerLosses, type StepsOptions } from "../../support/compiled-steps.ts";
import { expectClose } from "../../support/expect-close.ts";

expectNoDataLeft();

afterEach(async () => {
  await useBackend(inject("backend"));
});

const meanSquare = (target: tf.Tensor, prediction: tf.Tensor) =>
  tf.mean(tf.square(tf.sub(target, prediction))) as tf.Scalar;

/** To the last bit: without passes, a program is the kernels of the step. */
const compile = { without: passNames };

/** Losses of compiled steps, which must be those of the steps as they are written. */
async function expectAsWritten(
  makeOptions: () => StepsOptions,
  run: (steps: CompiledSteps) => Promise<number[]>,
): Promise<CompiledSteps["compiler"]> {
  const written = await eagerLosses(makeOptions(), run);
  using steps = new CompiledSteps({ ...makeOptions(), compile });
  expect(await run(steps)).toEqual(written);
  return steps.compiler;
}

describe("StepCompiler", () => {
  it("traces a step twice and then runs its program", async () => {
    using steps = new CompiledSteps();
    const taken: number[] = [];
    for (let step = 0; step < 5; step++) {
      await steps.take(1);
      taken.push(steps.counting.calls);
    }
    expect(taken).toEqual([1, 2, 2, 2, 2]);
    expect(steps.compiler.params).toEqual({ compiled: true, kernels: expect.any(Number) });
    expect(steps.compiler.problem).toBeUndefined();
  });

  it("traces each shape of batch, and goes back to the program that it has", async () => {
    using steps = new CompiledSteps();
    const taken: number[] = [];
    for (const samples of [4, 4, 4, 3, 3, 3, 4, 3, 4]) {
      await steps.take(1, samples);
      taken.push(steps.counting.calls);
    }
    expect(taken).toEqual([1, 2, 2, 3, 4, 4, 4, 4, 4]);
  });

  it("keeps eight programs at most", async () => {
    const run = async (steps: CompiledSteps) => {
      const losses: number[] = [];
      for (let samples = 1; samples <= 9; samples++) losses.push(...(await steps.take(4, samples)));
      // Two of each of eight shapes, four of the ninth.
      expect([20, 36]).toContain(steps.counting.calls);
      return losses;
    };
    const compiler = await expectAsWritten(() => ({}), run);
    expect(compiler.params.compiled).toBe(true);
  });

  it.each<[string, () => StepsOptions]>([
    [
      "a rate that changes, and Adam's corrections",
      () => ({ optimizer: new Adam({ learningRate: (step) => 0.1 / (step + 1) }) }),
    ],
    ["weight decay", () => ({ optimizer: new SGD({ learningRate: 0.1, weightDecay: 0.1 }) })],
    ["dropout", () => ({ layers: [new Dense({ units: 4 }), new Dropout({ rate: 0.5 }), new Dense({ units: 2 })] })],
    ["metrics", () => ({ metrics: ["mae", "r2"] })],
  ])("does not trace again for %s", async (_, makeOptions) => {
    await expectAsWritten(makeOptions, async (steps) => {
      const losses = await steps.take(6);
      expect([2, 6]).toContain(steps.counting.calls);
      return losses;
    });
    using steps = new CompiledSteps(makeOptions());
    await steps.take(6);
    expect(steps.counting.calls).toBe(2);
  });

  it("acts at once on numbers that are set between steps", async () => {
    await expectAsWritten(
      () => ({}),
      async (steps) => {
        const { optimizer, model } = steps;
        const losses = await steps.take(3);
        optimizer.learningRate = 0.5;
        losses.push(...(await steps.take(2)));
        (optimizer as SGD).momentum = 0.1;
        losses.push(...(await steps.take(2)));
        optimizer.reset(model.parameters);
        losses.push(...(await steps.take(2)));
        const weights = tf.tidy(() => model.getWeights().map((weight) => tf.mul(weight, 0.5)));
        model.setWeights(weights);
        losses.push(...(await steps.take(2)));
        tf.dispose(weights);
        expect([2, 11]).toContain(steps.counting.calls);
        return losses;
      },
    );
  });

  it("traces anew where parameters no longer share their numbers of steps", async () => {
    const optimizer = () => new Adam({ learningRate: 0.1 });
    await expectAsWritten(
      () => ({ optimizer: optimizer() }),
      async (steps) => {
        const losses = await steps.take(4);
        steps.optimizer.reset(steps.model.parameters.slice(0, 1));
        losses.push(...(await steps.take(4)));
        expect([4, 8]).toContain(steps.counting.calls);
        return losses;
      },
    );
  });

  it("drops its programs where the backend changes", async () => {
    const elsewhere = inject("backend") === "cpu" ? "wasm" : "cpu";
    using steps = new CompiledSteps();
    await steps.take(3);
    await useBackend(elsewhere);
    await steps.take(3);
    expect(steps.counting.calls).toBe(4);
    expect(tf.backend().numDataIds()).toBeGreaterThan(0);
    await useBackend(inject("backend"));
    await steps.take(3);
    expect(steps.counting.calls).toBe(6);
    expect(steps.compiler.problem).toBeUndefined();
  });

  it("is left alone where it is not wanted", async () => {
    using steps = new CompiledSteps({ compile: { enabled: false } });
    await steps.take(4);
    expect(steps.counting.calls).toBe(4);
    expect(steps.compiler.params).toEqual({ compiled: false, notCompiled: "compile was set to false" });
  });

  it("runs the program from the first step on", async () => {
    using steps = new CompiledSteps();
    expect(steps.compiler.params).toEqual({ compiled: false, notCompiled: "no step has run" });
    await steps.take(1);
    expect(steps.counting.calls).toBe(1);
    expect(steps.compiler.params).toEqual({ compiled: true, kernels: expect.any(Number) });
  });

  it("rounds a step alike, the first of a run or not", async () => {
    using whole = new CompiledSteps({ optimizer: new Adam({ learningRate: 0.1 }) });
    const losses = await whole.take(6);
    using parts = new CompiledSteps({ optimizer: new Adam({ learningRate: 0.1 }) });
    const first = await parts.take(3);
    parts.startOver();
    expect([...first, ...(await parts.take(3))]).toEqual(losses);
  });
});

/** A layer with no parameters, of a function. */
function layerOf(forward: (x: tf.Tensor) => tf.Tensor): Layer {
  return { parameters: [], build() {}, forward };
}

function networkWith(layer: Layer): StepsOptions {
  return { layers: [new Dense({ units: 2 }), layer] };
}

/** What cannot be traced faithfully, with the reason that is given; each of it new for each run. */
const unfaithful: Readonly<Record<string, [reason: string, make: () => StepsOptions]>> = {
  "a loss that draws": [
    "from one step to the next numbers that come from the host changed",
    () => {
      let draws = 0;
      const loss: LossLike = (target, prediction) =>
        meanSquare(target, tf.add(prediction, tf.randomUniform(prediction.shape, 0, 1, "float32", ++draws)));
      return { loss };
    },
  ],
  "a layer that reads values back": [
    "it reads a tensor's values back while it computes",
    () =>
      networkWith(
        layerOf((x) => {
          const [first = 0] = tf.zeros([1]).dataSync();
          return tf.add(x, first);
        }),
      ),
  ],
  "a layer with a number that is another in each step": [
    "from one step to the next numbers that come from the host changed",
    () => {
      let step = 0;
      return networkWith(layerOf((x) => tf.mul(x, 1 + 0.1 * step++)));
    },
  ],
  "a layer that goes now this way, now that": [
    "from one step to the next the operations changed",
    () => {
      let step = 0;
      return networkWith(layerOf((x) => (step++ % 2 === 0 ? tf.tanh(x) : tf.sigmoid(x))));
    },
  ],
  "a setting that is another in each step": [
    "from one step to the next the operations changed",
    () => {
      let step = 0;
      return networkWith(layerOf((x) => tf.leakyRelu(x, 0.1 * step++)));
    },
  ],
};

describe("a step that cannot be traced faithfully runs as it is written", () => {
  it.each(Object.entries(unfaithful))("%s", async (_, [reason, makeOptions]) => {
    const compiler = await expectAsWritten(makeOptions, async (steps) => {
      const losses = await steps.take(5);
      expect(steps.counting.calls).toBe(5);
      return losses;
    });
    expect(compiler.problem).toBe(reason);
    expect(compiler.params).toEqual({ compiled: false, notCompiled: reason });
  });

  it("a loss that reads another tensor in each step", async () => {
    const targets = [0, 1, 2, 3, 4].map((number) => tf.scalar(number));
    const makeOptions = () => {
      let step = 0;
      const loss: LossLike = (target, prediction) =>
        tf.add(meanSquare(target, prediction), targets[step++] as tf.Scalar);
      return { loss };
    };
    const compiler = await expectAsWritten(makeOptions, (steps) => steps.take(5));
    expect(compiler.problem).toBe("from one step to the next where captured_1 comes from changed");
    tf.dispose(targets);
  });

  it("a loss that reads one tensor more each time", async () => {
    const extra = [1, 2, 3].map((number) => tf.scalar(number));
    const makeOptions = () => {
      let step = 0;
      const loss: LossLike = (target, prediction) =>
        tf.addN([meanSquare(target, prediction), ...extra.slice(0, step++)]);
      return { loss };
    };
    const compiler = await expectAsWritten(makeOptions, (steps) => steps.take(4));
    expect(compiler.problem).toBe("from one step to the next what it reads changed");
    tf.dispose(extra);
  });

  it("one whose kernel fails, where it then says so itself", async () => {
    // Of two steps the trace and the program, which fails in the second; then as they are written, the fifth for good.
    let calls = 0;
    const [kernelName, backendName] = ["OfATest", tf.getBackend()];
    const kernelFunc: tf.KernelFunc = ({ inputs, backend }) => {
      calls++;
      if (calls === 4 || calls >= 8) throw new Error(`call ${calls} found no memory`);
      const { shape, dtype } = (inputs as { x: tf.TensorInfo }).x;
      return { dataId: (backend as tf.KernelBackend).write(Float32Array.of(1), shape, dtype), shape, dtype };
    };
    tf.registerKernel({ kernelName, backendName, kernelFunc });
    const fixed = tf.scalar(1);
    const loss: LossLike = (target, prediction) => {
      const factor = tf.engine().runKernel(kernelName, { x: fixed }) as tf.Tensor;
      return tf.mul(meanSquare(target, prediction), factor);
    };
    try {
      using steps = new CompiledSteps({ loss });
      await steps.take(4);
      expect(steps.compiler.problem).toBe("call 4 found no memory");
      // Two traces, and from the second step on as they are written.
      expect(steps.counting.calls).toBe(5);
      await expect(steps.take(1)).rejects.toThrow("call 8 found no memory");
    } finally {
      tf.unregisterKernel(kernelName, backendName);
      fixed.dispose();
    }
  });

  it("throws what the step itself throws, and can be asked again", async () => {
    let isFailing = true;
    const loss: LossLike = (target, prediction) => {
      if (isFailing) throw new Error("not today");
      return meanSquare(target, prediction);
    };
    using steps = new CompiledSteps({ loss });
    const [x, y] = [tf.zeros([2, 3]), tf.zeros([2, 2])];
    await expect(steps.on(x, y)).rejects.toThrow("not today");
    isFailing = false;
    for (let step = 0; step < 3; step++) await steps.on(x, y);
    expect(steps.compiler.params.compiled).toBe(true);
    tf.dispose([x, y]);
  });
});

describe("tensors that share their numbers", () => {
  it("are told apart: x and y the same tensor", async () => {
    const data = [tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), tf.tensor2d([6, 5, 4, 3, 2, 1], [2, 3])] as const;
    await expectAsWritten(
      () => ({ layers: [new Dense({ units: 3 })] }),
      async (steps) => {
        const losses: number[] = [];
        for (const [x, y] of [
          [0, 0],
          [0, 0],
          [0, 1],
          [1, 0],
        ] as const)
          losses.push(...(await steps.on(data[x], data[y])));
        return losses;
      },
    );
    tf.dispose([...data]);
  });

  it("are told apart: a batch, and what the loss holds", async () => {
    const data = [tf.ones([2, 2]), tf.zeros([2, 2])] as const;
    const x = tf.ones([2, 3]);
    const loss: LossLike = (target, prediction) => tf.add(meanSquare(target, prediction), tf.sum(data[0]));
    await expectAsWritten(
      () => ({ loss }),
      async (steps) => {
        const losses: number[] = [];
        for (const index of [0, 0, 1, 1] as const) losses.push(...(await steps.on(x, data[index])));
        return losses;
      },
    );
    tf.dispose([...data, x]);
  });

  it("are told apart: a parameter, and its start that the loss holds", async () => {
    await expectAsWritten(
      () => ({}),
      async (written) => {
        const start = tf.clone(written.model.parameters[0] as tf.Variable);
        const loss: LossLike = (target, prediction) => {
          const moved = tf.sub(steps.model.parameters[0] as tf.Variable, start);
          return tf.add(meanSquare(target, prediction), tf.sum(tf.square(moved)));
        };
        const isCompiled = written.compiler.params.notCompiled !== "compile was set to false";
        using steps = new CompiledSteps({ loss, compile: { ...compile, enabled: isCompiled } });
        const losses: number[] = [];
        const reset = () => {
          const [first, ...others] = steps.model.getWeights();
          steps.model.setWeights([start, ...others]);
          tf.dispose([first, others]);
        };
        // As if each epoch started over: in the traces the parameter is where it started, later it is not.
        for (const isReset of [true, true, true, false, false]) {
          if (isReset) reset();
          losses.push(...(await steps.take(1)));
        }
        start.dispose();
        return losses;
      },
    );
  });

  it("are told apart: two parameters, numbers in a list or alone", async () => {
    class Scale implements Layer {
      parameters: tf.Variable[] = [];
      readonly #shape: number[];
      constructor(shape: number[]) {
        this.#shape = shape;
      }
      build(): void {
        this.parameters = [tf.tidy(() => tf.variable(tf.ones(this.#shape)))];
      }
      forward(x: tf.Tensor): tf.Tensor {
        return tf.mul(x, this.parameters[0] as tf.Variable);
      }
    }
    for (const shape of [[], [3]]) {
      await expectAsWritten(
        () => ({ layers: [new Scale(shape), new Scale(shape), new Dense({ units: 2 })] }),
        async (steps) => {
          const shared = tf.fill(shape, 0.5);
          const own = steps.model.getWeights();
          const weights = [shared, shared, ...own.slice(2)];
          steps.model.setWeights(weights);
          const losses = await steps.take(4);
          steps.model.setWeights(weights);
          losses.push(...(await steps.take(2)));
          tf.dispose([shared, own]);
          return losses;
        },
      );
    }
  });

  it("are told apart: a variable that the loss holds, and the tensor that it was made of", async () => {
    await expectAsWritten(
      () => ({}),
      async (written) => {
        const isCompiled = written.compiler.params.notCompiled !== "compile was set to false";
        const start = tf.scalar(1);
        const variable = tf.variable(start);
        const loss: LossLike = (target, prediction) =>
          tf.add(tf.mul(meanSquare(target, prediction), variable), tf.mul(start, 10));
        using steps = new CompiledSteps({ loss, compile: { ...compile, enabled: isCompiled } });
        const losses = await steps.take(4);
        tf.tidy(() => variable.assign(tf.scalar(5)));
        losses.push(...(await steps.take(2)));
        tf.dispose([start, variable]);
        expect(steps.compiler.problem).toBeUndefined();
        return losses;
      },
    );
  });
});

describe("what a loss holds itself", () => {
  it("is read as it stands: a variable that is assigned between steps", async () => {
    const variable = tf.tidy(() => tf.variable(tf.scalar(1)));
    const loss: LossLike = (target, prediction) => tf.mul(meanSquare(target, prediction), variable);
    await expectAsWritten(
      () => ({ loss }),
      async (steps) => {
        tf.tidy(() => variable.assign(tf.scalar(1)));
        const losses = await steps.take(3);
        tf.tidy(() => variable.assign(tf.scalar(3)));
        losses.push(...(await steps.take(2)));
        expect([2, 5]).toContain(steps.counting.calls);
        return losses;
      },
    );
    variable.dispose();
  });

  it("may go: the step is traced anew", async () => {
    await expectAsWritten(
      () => ({}),
      async (written) => {
        const isCompiled = written.compiler.params.notCompiled !== "compile was set to false";
        let factor = tf.scalar(2);
        const loss: LossLike = (target, prediction) => tf.mul(meanSquare(target, prediction), factor);
        using steps = new CompiledSteps({ loss, compile: { ...compile, enabled: isCompiled } });
        const losses = await steps.take(3);
        factor.dispose();
        factor = tf.scalar(7);
        losses.push(...(await steps.take(3)));
        expect([4, 6]).toContain(steps.counting.calls);
        factor.dispose();
        return losses;
      },
    );
  });
});

describe("what a compiled step costs", () => {
  it("holds no more at once than the step as it is written", async () => {
    const most: number[] = [];
    for (const options of [{ enabled: false }, { without: passNames }, {}]) {
      using steps = new CompiledSteps({ compile: options });
      await steps.take(3);
      const [x, y] = [tf.zeros([4, 3]), tf.zeros([4, 2])];
      most.push(mostDataIn(() => tf.tidy(() => void steps.compiler.compute({ x, y }))));
      tf.dispose([x, y]);
    }
    const [eager = NaN, replayed = NaN, optimised = NaN] = most;
    expect(replayed).toBeLessThanOrEqual(eager);
    expect(optimised).toBeLessThanOrEqual(eager);
  });

  it("is traced by running it as it is written: not in five times its kernels", async () => {
    const runKernel = vi.spyOn(Object.getPrototypeOf(tf.engine()) as ReturnType<typeof tf.engine>, "runKernel");
    try {
      using eager = new CompiledSteps({ compile: { enabled: false } });
      // What the rule remembers is made in the first.
      await eager.take(1);
      runKernel.mockClear();
      await eager.take(1);
      const written = runKernel.mock.calls.length;
      using steps = new CompiledSteps();
      await steps.take(2);
      expect(runKernel.mock.calls.length - written).toBeLessThan(5 * written);
      expect(steps.counting.calls).toBe(2);
      runKernel.mockClear();
      await steps.take(1);
      expect(runKernel.mock.calls.length).toBeLessThan(written / 4);
    } finally {
      runKernel.mockRestore();
    }
  });

  it("frees its programs", async () => {
    const steps = new CompiledSteps();
    const before = tf.backend().numDataIds();
    await steps.take(3, 4);
    await steps.take(3, 2);
    const after = tf.backend().numDataIds();
    steps.compiler.dispose();
    // The rule's velocities stay, of each of four parameters.
    expect(tf.backend().numDataIds()).toBe(before + 4);
    expect(after).toBeGreaterThan(before + 4);
    steps[Symbol.dispose]();
  });

  it("stays near the step as it is written, with all passes", async () => {
    const written = await eagerLosses({}, (steps) => steps.take(20));
    using steps = new CompiledSteps();
    // 1e-5: a few roundings a step, over 20 steps.
    await expectClose(await steps.take(20), written, 1e-5);
  });
});
