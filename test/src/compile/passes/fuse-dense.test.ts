import type { Shape } from "rivulet";
import { describe, expect, it } from "vitest";
import type { Operand } from "../../../../src/compile/graph.ts";
import { fuseDense } from "../../../../src/compile/passes/fuse-dense.ts";
import { expectSameResults, GraphMaker, kernelsOf, linesOf } from "../../../support/graphs.ts";

/** x W + b, with names for what it is of. */
class Dense extends GraphMaker {
  readonly x = this.input("x", [2, 3]);
  readonly w = this.input("W", [3, 4]);
  readonly b = this.input("b", [4]);

  product(a: Operand = this.x, b: Operand = this.w, shape: Shape = [2, 4], attributes = {}): Operand {
    return this.kernel("BatchMatMul", { a, b }, { shape }, { transposeA: false, transposeB: false, ...attributes });
  }

  sum(product = this.product(), bias = this.b): Operand {
    return this.of("Add", product, bias);
  }
}

// Three products in another order, at most 8 in size.
const tolerance = 1e-6;

describe("fuseDense", () => {
  it("makes one kernel of product and bias", async () => {
    const dense = new Dense();
    const graph = dense.graph({ z: dense.sum() });
    expect(linesOf(fuseDense(graph))).toEqual([
      '%4 [2, 4] = _FusedMatMul(x as [1, 2, 3], W as [1, 3, 4], b, activation: "linear")',
      "z = %4",
    ]);
    await expectSameResults(graph, fuseDense(graph), tolerance);
  });

  it.each([
    ["Relu", "relu"],
    ["Sigmoid", "sigmoid"],
    ["Elu", "elu"],
  ] as const)("and of %s", async (name, activation) => {
    const dense = new Dense();
    const graph = dense.graph({ a: dense.on(name, dense.sum()) });
    const fused = fuseDense(graph);
    expect(fused.kernels.map(({ attributes }) => attributes["activation"])).toEqual([activation]);
    expect(kernelsOf(fused)).toEqual(["_FusedMatMul"]);
    await expectSameResults(graph, fused, tolerance);
  });

  it.each([
    [true, false],
    [false, true],
    [true, true],
  ])("leaves products of transposed matrices: %s, %s", async (transposeA, transposeB) => {
    const maker = new Dense();
    const a = transposeA ? maker.input("xT", [3, 2]) : maker.x;
    const b = transposeB ? maker.input("WT", [4, 3]) : maker.w;
    const graph = maker.graph({ z: maker.sum(maker.product(a, b, [2, 4], { transposeA, transposeB })) });
    expect(fuseDense(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, fuseDense(graph));
  });

  it("leaves the activation alone where the sum is read too", async () => {
    const dense = new Dense();
    const z = dense.sum();
    const graph = dense.graph({ a: dense.on("Relu", z), z });
    expect(kernelsOf(fuseDense(graph))).toEqual(["_FusedMatMul", "Relu"]);
    await expectSameResults(graph, fuseDense(graph), tolerance);
  });

  it("leaves the product alone where it is read too", async () => {
    const dense = new Dense();
    const product = dense.product();
    const graph = dense.graph({ z: dense.sum(product), product });
    expect(fuseDense(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, fuseDense(graph));
  });

  it("leaves an activation that reads twice what it is of", async () => {
    const dense = new Dense();
    const z = dense.sum();
    const graph = dense.graph({ a: dense.of("Multiply", dense.on("Relu", z), dense.on("Sigmoid", z)) });
    expect(kernelsOf(fuseDense(graph))).toEqual(["_FusedMatMul", "Relu", "Sigmoid", "Multiply"]);
    await expectSameResults(graph, fuseDense(graph), tolerance);
  });

  it("leaves activations that not every backend has in its kernel", async () => {
    const dense = new Dense();
    const graph = dense.graph({ a: dense.on("Tanh", dense.sum()), b: dense.on("Softplus", dense.sum()) });
    expect(kernelsOf(fuseDense(graph))).toEqual(["_FusedMatMul", "Tanh", "_FusedMatMul", "Softplus"]);
    await expectSameResults(graph, fuseDense(graph), tolerance);
  });

  it.each<[string, (dense: Dense) => Operand]>([
    ["a whole matrix", (dense) => dense.input("B", [2, 4])],
    ["a row of one", (dense) => dense.input("B", [1, 4])],
    ["one number", (dense) => dense.input("B", [])],
    ["one number in a list", (dense) => dense.input("B", [1])],
    ["numbers in another shape than they were made in", (dense) => ({ ...dense.input("B", [2, 2]), shape: [4] })],
  ])("leaves what adds %s", async (_, biasOf) => {
    const dense = new Dense();
    const graph = dense.graph({ z: dense.sum(dense.product(), biasOf(dense)) });
    expect(fuseDense(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, fuseDense(graph));
  });

  it("leaves what adds a square matrix to as many samples as units", async () => {
    const dense = new Dense();
    const product = dense.product(dense.input("X", [4, 3]), dense.w, [4, 4]);
    const graph = dense.graph({ z: dense.sum(product, dense.input("B", [4, 4])) });
    expect(fuseDense(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, fuseDense(graph));
  });

  it("leaves a product whose result is read in another shape", async () => {
    const dense = new Dense();
    const product = { ...dense.product(), shape: [4, 2] };
    const bias = dense.input("B", [2]);
    const graph = dense.graph({ z: dense.sum(product, bias) });
    expect(fuseDense(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, fuseDense(graph));
  });

  it("leaves products of more than two axes", async () => {
    const dense = new Dense();
    const [a, b] = [dense.input("A", [2, 2, 3]), dense.input("B", [2, 3, 4])];
    const graph = dense.graph({ z: dense.sum(dense.product(a, b, [2, 2, 4])) });
    expect(fuseDense(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, fuseDense(graph));
  });

  it("runs after what makes the bias", async () => {
    const dense = new Dense();
    const product = dense.product();
    const graph = dense.graph({ z: dense.sum(product, dense.on("Square", dense.b)) });
    expect(kernelsOf(fuseDense(graph))).toEqual(["Square", "_FusedMatMul"]);
    await expectSameResults(graph, fuseDense(graph), tolerance);
  });
});
