import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import type { Graph } from "../../../src/compile/graph.ts";
import { Program } from "../../../src/compile/program.ts";
import { expectNoDataLeft, mostDataIn } from "../../support/backend-data.ts";
import { GraphMaker, numbersOf, traced } from "../../support/graphs.ts";

expectNoDataLeft();

/** For the time of a function the backend has a kernel more, on one x. */
async function withKernel(kernelFunc: tf.KernelFunc, run: (kernelName: string) => Promise<void>): Promise<void> {
  const [kernelName, backendName] = ["OfATest", tf.getBackend()];
  tf.registerKernel({ kernelName, backendName, kernelFunc });
  try {
    await run(kernelName);
  } finally {
    tf.unregisterKernel(kernelName, backendName);
  }
}

async function read(tensors: readonly tf.Tensor[]): Promise<number[][]> {
  return Promise.all(tensors.map(async (tensor) => Array.from(await tensor.data())));
}

/** x, then so many times five functions of one another. */
function chain(times = 1): Graph {
  const maker = new GraphMaker();
  const x = maker.input("x", [2]);
  const names = Array.from({ length: times }, () => ["Square", "Neg", "Exp", "Sqrt", "Neg"]).flat();
  return maker.graph({ y: names.reduce((last, name) => maker.on(name, last), x) });
}

/** How much a graph's program holds at most, beyond its inputs: two numbers each. */
function mostDataOf(graph: Graph): number {
  const program = new Program(graph);
  const inputs = graph.inputs.map(() => tf.tensor1d([1, 2]));
  // The first run of a kernel may keep something for those to come.
  const run = () => tf.tidy(() => void program.run(inputs));
  run();
  const most = mostDataIn(run);
  tf.dispose(inputs);
  program.dispose();
  return most;
}

describe("Program", () => {
  it("computes what the operations compute", async () => {
    const [x, w] = [tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])];
    const { graph } = traced({ x, w }, (given) => {
      return { y: tf.sub(tf.matMul(given.x, given.w), tf.sum(given.x, 1, true)) };
    });
    expect(
      await numbersOf(graph, [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ]),
    ).toEqual([[16, 19, 36, 43]]);
    tf.dispose([x, w]);
  });

  it("gives the same in each of several runs, and of other inputs what is theirs", async () => {
    const program = new Program(chain());
    const inputs = [tf.tensor1d([1, 2]), tf.tensor1d([0, 1])];
    const outputs = [0, 1, 0].map((index) => tf.tidy(() => program.run([inputs[index] as tf.Tensor])));
    const [first, other, again] = await Promise.all(outputs.map(read));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    tf.dispose([inputs, outputs]);
    program.dispose();
  });

  it("frees each value after its last use: a chain four times as long holds no more", () => {
    expect(mostDataOf(chain(4))).toBe(mostDataOf(chain(1)));
  });

  it("keeps a value until its last use, and no longer", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const early = maker.on("Square", x);
    const late = ["Neg", "Exp", "Neg"].reduce((last, name) => maker.on(name, last), early);
    const sum = maker.of("Add", early, late);
    const graph = maker.graph({ y: maker.on("Neg", sum) });
    expect(mostDataOf(graph)).toBeLessThanOrEqual(mostDataOf(chain()) + 1);
    const [numbers = []] = await numbersOf(graph, [[1, 2]]);
    for (const [index, square] of [1, 4].entries()) expect(numbers[index]).toBeCloseTo(Math.exp(-square) - square, 5);
  });

  it("frees results that nothing reads", () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    maker.on("Exp", x);
    const program = new Program(maker.graph({ y: maker.on("Square", x) }));
    const tensor = tf.tensor1d([1, 2]);
    const before = tf.backend().numDataIds();
    const outputs = tf.tidy(() => program.run([tensor]));
    expect(tf.backend().numDataIds()).toBe(before + 1);
    tf.dispose([outputs, tensor]);
    program.dispose();
  });

  it("hands out what is an input, a constant or an output already as a tensor of its own", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [4]);
    const square = maker.on("Square", x);
    const constant = maker.constant([5, 6], [2]);
    const graph = maker.graph({
      square,
      again: { ...square, shape: [2, 2] },
      x: { ...x, shape: [4, 1] },
      constant,
      same: constant,
    });
    const program = new Program(graph);
    const input = tf.tensor1d([1, 2, 3, 4]);
    const outputs = tf.tidy(() => program.run([input]));
    expect(outputs.map(({ shape }) => shape)).toEqual([[4], [2, 2], [4, 1], [2], [2]]);
    expect(new Set([...outputs, input]).size).toBe(6);
    const squares = [1, 4, 9, 16];
    expect(await read(outputs)).toEqual([squares, squares, [1, 2, 3, 4], [5, 6], [5, 6]]);
    // Whichever goes first, the others hold their numbers.
    outputs[0]?.dispose();
    outputs[2]?.dispose();
    outputs[3]?.dispose();
    const left = [outputs[1], outputs[4], input] as tf.Tensor[];
    expect(await read(left)).toEqual([squares, [5, 6], [1, 2, 3, 4]]);
    const next = tf.tidy(() => program.run([input]));
    expect(await read(next)).toEqual([squares, squares, [1, 2, 3, 4], [5, 6], [5, 6]]);
    tf.dispose([outputs, next, input]);
    program.dispose();
  });

  it("hands out a tensor that a kernel makes in the shape that is asked for", async () => {
    // As some of the native binding's do.
    await withKernel(
      ({ inputs }) => tf.square((inputs as { x: tf.Tensor }).x),
      async (name) => {
        const maker = new GraphMaker();
        const x = maker.input("x", [4]);
        const made = maker.on(name, x);
        const program = new Program(maker.graph({ y: { ...made, shape: [2, 2] }, z: maker.on("Neg", made) }));
        const input = tf.tensor1d([1, 2, 3, 4]);
        const outputs = tf.tidy(() => program.run([input]));
        expect(outputs.map(({ shape }) => shape)).toEqual([[2, 2], [4]]);
        expect(await read(outputs)).toEqual([
          [1, 4, 9, 16],
          [-1, -4, -9, -16],
        ]);
        tf.dispose([outputs, input]);
        program.dispose();
      },
    );
  });

  it("leaves nothing behind where a kernel throws half-way, and runs again", async () => {
    let isFailing = true;
    const failing: tf.KernelFunc = ({ inputs, backend }) => {
      if (isFailing) throw new Error("out of memory");
      const { shape, dtype } = (inputs as { x: tf.TensorInfo }).x;
      return { dataId: (backend as tf.KernelBackend).write(Float32Array.of(3, 4), shape, dtype), shape, dtype };
    };
    await withKernel(failing, async (name) => {
      const maker = new GraphMaker();
      const x = maker.input("x", [2]);
      const [square, neg] = [maker.on("Square", x), maker.on("Neg", x)];
      const sum = maker.of("Add", maker.of("Multiply", maker.on(name, square), maker.scalar(2)), neg);
      const program = new Program(maker.graph({ sum, square }));
      const input = tf.tensor1d([1, 2]);
      const before = { data: tf.backend().numDataIds(), tensors: tf.memory().numTensors };
      for (let run = 0; run < 2; run++) expect(() => tf.tidy(() => program.run([input]))).toThrow("out of memory");
      expect({ data: tf.backend().numDataIds(), tensors: tf.memory().numTensors }).toEqual(before);
      isFailing = false;
      const outputs = tf.tidy(() => program.run([input]));
      expect(await read(outputs)).toEqual([
        [5, 6],
        [1, 4],
      ]);
      tf.dispose([outputs, input]);
      program.dispose();
    });
  });

  it("says which kernel the backend does not have, and holds nothing then", () => {
    const maker = new GraphMaker();
    const graph = maker.graph({ y: maker.of("Missing", maker.input("x", [2]), maker.scalar(1)) });
    expect(() => new Program(graph)).toThrow(`the ${tf.getBackend()} backend has no kernel Missing`);
  });

  it("holds its constants until it is disposed of, inside tidy too", async () => {
    const maker = new GraphMaker();
    const graph = maker.graph({ y: maker.of("Add", maker.input("x", [2]), maker.constant([1, 2], [2])) });
    const before = tf.backend().numDataIds();
    let program: Program | undefined;
    tf.tidy(() => void (program = new Program(graph)));
    expect(tf.backend().numDataIds()).toBe(before + 1);
    const input = tf.tensor1d([1, 1]);
    const outputs = tf.tidy(() => program?.run([input]) ?? []);
    expect(await read(outputs)).toEqual([[2, 3]]);
    program?.dispose();
    tf.dispose([outputs, input]);
    expect(tf.backend().numDataIds()).toBe(before);
  });

  it("reads an input that is a variable as it stands", async () => {
    const program = new Program(chain());
    const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    const before = tf.tidy(() => program.run([variable]));
    tf.tidy(() => variable.assign(tf.tensor1d([0, 1])));
    const after = tf.tidy(() => program.run([variable]));
    const [one = [], other = []] = [...(await read(before)), ...(await read(after))];
    expect(other[1]).toBe(one[0]);
    tf.dispose([before, after, variable]);
    program.dispose();
  });
});
