import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import {
  elementwiseKernel,
  elementwiseLimits,
  type ElementwiseAttributes,
} from "../../../../src/compile/elementwise.ts";
import type { Graph } from "../../../../src/compile/graph.ts";
import { optimise } from "../../../../src/compile/passes.ts";
import { fuseElementwise } from "../../../../src/compile/passes/fuse-elementwise.ts";
import { expectSameResults, GraphMaker, kernelsOf, linesOf } from "../../../support/graphs.ts";

const mostNumbers = 100;
const limits = { numbers: mostNumbers, inputs: 16, results: Infinity };
const fuse = (graph: Graph) => fuseElementwise(graph, limits);

/** Where the backend has the kernel, the fused graph must give what the other one gives. */
async function expectFusedResults(graph: Graph, tolerance = 0): Promise<void> {
  const own = elementwiseLimits();
  const runnable = own === undefined ? graph : fuseElementwise(graph, own);
  await expectSameResults(graph, runnable, tolerance);
}

function attributesOf(graph: Graph): ElementwiseAttributes[] {
  const fused = graph.kernels.filter(({ name }) => name === elementwiseKernel);
  return fused.map(({ attributes }) => attributes as ElementwiseAttributes);
}

describe("fuseElementwise", () => {
  it("makes one kernel of a chain: momentum's step", async () => {
    const maker = new GraphMaker();
    const [w, g, v] = [maker.input("w", [3]), maker.input("g", [3]), maker.input("v", [3])];
    const [rate, momentum] = [maker.input("η", []), maker.input("μ", [])];
    const velocity = maker.of("Add", maker.of("Multiply", momentum, v, [3]), g);
    const graph = maker.graph({ w: maker.of("Sub", w, maker.of("Multiply", rate, velocity, [3])), velocity });
    const fused = fuse(graph);
    expect(kernelsOf(fused)).toEqual([elementwiseKernel]);
    expect(attributesOf(fused)).toEqual([
      {
        shape: [3],
        // Inputs 0 to 4: μ, v, g, η, w.
        steps: [
          { name: "Multiply", a: 0, b: 1 },
          { name: "Add", a: 5, b: 2 },
          { name: "Multiply", a: 3, b: 6 },
          { name: "Sub", a: 4, b: 7 },
        ],
        results: [1, 3],
      },
    ]);
    expect(fused.outputs).toEqual(graph.outputs);
    // 1e-6: a backend in C++ may round μ v + g once.
    await expectFusedResults(graph, 1e-6);
  });

  it.each(["Neg", "Square", "Sqrt"])("fuses %s", async (name) => {
    const maker = new GraphMaker();
    const x = maker.input("x", [4]);
    const graph = maker.graph({ y: maker.on("Neg", maker.on(name, maker.on("Square", x))) });
    expect(kernelsOf(fuse(graph))).toEqual([elementwiseKernel]);
    await expectFusedResults(graph, 1e-6);
  });

  it.each(["Add", "Sub", "Multiply", "RealDiv", "SquaredDifference"])(
    "fuses %s, numbers on either side",
    async (name) => {
      const maker = new GraphMaker();
      const [x, y, one] = [maker.input("x", [4]), maker.input("y", [4]), maker.input("one", [1])];
      const both = maker.of(name, x, y);
      const graph = maker.graph({ a: maker.of(name, both, one), b: maker.of(name, maker.scalar(3), both, [4]) });
      expect(kernelsOf(fuse(graph))).toEqual([elementwiseKernel]);
      // 1e-6: tfjs squares a difference that it has not rounded.
      await expectFusedResults(graph, 1e-6);
    },
  );

  it("reads a value twice, and of one kernel two", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const square = maker.of("Multiply", x, x);
    const graph = maker.graph({ y: maker.of("Add", square, square) });
    expect(attributesOf(fuse(graph))).toEqual([
      {
        shape: [2],
        steps: [
          { name: "Multiply", a: 0, b: 0 },
          { name: "Add", a: 1, b: 1 },
        ],
        results: [1],
      },
    ]);
    await expectFusedResults(graph);
  });

  it("hands out what else is read, by a kernel or from outside", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const [neg, square] = [maker.on("Neg", x), maker.on("Square", x)];
    const sum = maker.of("Add", neg, square);
    const graph = maker.graph({ sum, neg, total: maker.kernel("Sum", { x: square }, { shape: [] }, { axis: [0] }) });
    const [attributes] = attributesOf(fuse(graph));
    expect(attributes?.results).toEqual([0, 1, 2]);
    await expectFusedResults(graph);
  });

  it("joins no kernels of which one waits, through another, for the other", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const neg = maker.on("Neg", x);
    const mean = maker.kernel("Mean", { x: neg }, { shape: [] }, { axis: [0], keepDims: false });
    const graph = maker.graph({ y: maker.of("Sub", neg, mean) });
    expect(kernelsOf(fuse(graph))).toEqual(["Neg", "Mean", "Sub"]);
    await expectFusedResults(graph);
  });

  it("joins what it can around such a kernel", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const square = maker.on("Square", maker.on("Neg", x));
    const mean = maker.kernel("Mean", { x: square }, { shape: [] }, { axis: [0], keepDims: false });
    const centred = maker.of("Sub", square, mean);
    const graph = maker.graph({ y: maker.of("Multiply", centred, maker.on("Sqrt", square)) });
    const fused = fuse(graph);
    expect(kernelsOf(fused).toSorted()).toEqual([elementwiseKernel, elementwiseKernel, "Mean"].toSorted());
    await expectFusedResults(graph, 1e-6);
  });

  it.each<[string, (maker: GraphMaker) => Graph]>([
    [
      "what is broadcast",
      (maker) => {
        const row = maker.on("Neg", maker.input("row", [2]));
        return maker.graph({ y: maker.on("Square", maker.of("Add", maker.input("x", [3, 2]), row)) });
      },
    ],
    [
      "whole numbers",
      (maker) => {
        const x = maker.input("x", [2], "int32");
        return maker.graph({ y: maker.of("Add", maker.of("Multiply", x, x), x) });
      },
    ],
    [
      "what is read in another shape than it was made in",
      (maker) => {
        const neg = maker.on("Neg", maker.input("x", [2, 2]));
        return maker.graph({ y: maker.on("Square", { ...neg, shape: [4] }) });
      },
    ],
    [
      "results of other shapes",
      (maker) => {
        const one = maker.on("Neg", maker.input("one", []));
        return maker.graph({ y: maker.of("Multiply", one, maker.input("x", [3]), [3]) });
      },
    ],
    [
      "operations that backends compute in ways of their own",
      (maker) => maker.graph({ y: maker.on("Tanh", maker.on("Exp", maker.input("x", [3]))) }),
    ],
    [
      "operations that do not read each other",
      (maker) => {
        const x = maker.input("x", [3]);
        return maker.graph({ y: maker.on("Neg", x), z: maker.on("Square", x) });
      },
    ],
  ])("leaves %s", async (_, make) => {
    const graph = make(new GraphMaker());
    expect(fuse(graph).kernels).toEqual(graph.kernels);
    await expectFusedResults(graph);
  });

  it("leaves what has more numbers than it is told", () => {
    const chainOf = (size: number) => {
      const maker = new GraphMaker();
      return maker.graph({ y: maker.on("Neg", maker.on("Square", maker.input("x", [size]))) });
    };
    expect(kernelsOf(fuse(chainOf(mostNumbers)))).toEqual([elementwiseKernel]);
    expect(kernelsOf(fuse(chainOf(mostNumbers + 1)))).toEqual(["Square", "Neg"]);
  });

  it("fuses what has no numbers, and what has one", async () => {
    for (const shape of [[0, 3], [], [1, 1]]) {
      const maker = new GraphMaker();
      const graph = maker.graph({ y: maker.on("Neg", maker.on("Square", maker.input("x", shape))) });
      expect(kernelsOf(fuse(graph))).toEqual([elementwiseKernel]);
      await expectFusedResults(graph);
    }
  });

  it("holds what is not finite, and zeros of both signs", async () => {
    const maker = new GraphMaker();
    const special = maker.constant([0, -0, Infinity, -Infinity, NaN, 3e38], [6]);
    const graph = maker.graph({
      y: maker.on("Neg", maker.on("Square", special)),
      z: maker.of("RealDiv", maker.scalar(1), maker.on("Neg", special), [6]),
    });
    await expectFusedResults(graph);
  });

  it("leaves what reads more than it is told", async () => {
    const maker = new GraphMaker();
    const terms = Array.from({ length: 20 }, (_, index) => maker.input(`x${index}`, [3]));
    const graph = maker.graph({ y: terms.reduce((sum, term) => maker.of("Add", sum, term)) });
    const fused = fuse(graph);
    expect(kernelsOf(fused)).toEqual([elementwiseKernel, elementwiseKernel]);
    expect(fused.kernels.map(({ inputs }) => (inputs as readonly unknown[]).length)).toEqual([16, 5]);
    await expectFusedResults(graph);
  });

  it("makes a kernel for each result where one holds no more", async () => {
    const maker = new GraphMaker();
    const [w, g, v, rate] = [maker.input("w", [3]), maker.input("g", [3]), maker.input("v", [3]), maker.input("η", [])];
    const velocity = maker.of("Add", maker.on("Neg", v), g);
    const graph = maker.graph({ w: maker.of("Sub", w, maker.of("Multiply", rate, velocity, [3])), velocity });
    const fused = fuseElementwise(graph, { ...limits, results: 1 });
    expect(linesOf(fused)).toEqual([
      "%5 [3] = Elementwise(−v + g)",
      "%7 [3] = Elementwise(w − η × (−v + g))",
      "w = %7",
      "velocity = %5",
    ]);
    await expectFusedResults(graph);
  });

  it("keeps a result's kernel where it is a single operation", () => {
    const maker = new GraphMaker();
    const neg = maker.on("Neg", maker.input("x", [2]));
    const graph = maker.graph({ neg, square: maker.on("Square", neg) });
    expect(kernelsOf(fuseElementwise(graph, { ...limits, results: 1 }))).toEqual(["Neg", elementwiseKernel]);
  });

  it.each([[[5]], [[2, 3]], [[3, 5]], [[1, 7]], [[3, 1, 3]], [[2, 1, 3, 3]], [[1, 2, 1, 3, 3]]])(
    "holds to an odd shape's numbers: %o",
    async (shape) => {
      const maker = new GraphMaker();
      const [x, y] = [maker.input("x", shape), maker.input("y", shape)];
      // Where there is nothing it would leave a number, which products and sums must not see.
      const rest = maker.of("Sub", maker.scalar(1), maker.of("Multiply", x, y), shape);
      const axes = shape.map((_, axis) => axis);
      const total = maker.kernel("Sum", { x: rest }, { shape: [] }, { axis: axes, keepDims: false });
      // 1e-5: sums of up to 18 numbers, in another order.
      await expectFusedResults(maker.graph({ rest, total }), 1e-5);
    },
  );

  it("runs on backends on the CPU's side and on WebGL, and nowhere else", async () => {
    const maker = new GraphMaker();
    const graph = maker.graph({ y: maker.on("Neg", maker.on("Square", maker.input("x", [2]))) });
    const hasKernel = ["cpu", "wasm", "webgl"].includes(tf.getBackend());
    expect(elementwiseLimits() !== undefined).toBe(hasKernel);
    expect(kernelsOf(await optimise(graph))).toEqual(hasKernel ? [elementwiseKernel] : ["Square", "Neg"]);
    expect(kernelsOf(await optimise(graph, ["fuseElementwise"]))).toEqual(["Square", "Neg"]);
  });

  it("is shown to readers with its operations", () => {
    const maker = new GraphMaker();
    const graph = maker.graph({ y: maker.on("Neg", maker.on("Square", maker.input("x", [2]))) });
    expect(linesOf(fuse(graph))).toEqual(["%2 [2] = Elementwise(−x²)", "y = %2"]);
  });
});
