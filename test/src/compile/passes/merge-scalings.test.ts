import { describe, expect, it } from "vitest";
import type { Graph, Operand } from "../../../../src/compile/graph.ts";
import { dropDead } from "../../../../src/compile/passes/drop-dead.ts";
import { mergeScalings } from "../../../../src/compile/passes/merge-scalings.ts";
import { expectSameResults, GraphMaker, linesOf } from "../../../support/graphs.ts";

/** The graph of x [2] and what is made of it. */
function ofPair(make: (maker: GraphMaker, x: Operand) => Operand): Graph {
  const maker = new GraphMaker();
  const x = maker.input("x", [2]);
  return maker.graph({ y: make(maker, x) });
}

/** What is left, once nothing reads the merged kernels. */
function merged(graph: Graph): string[] {
  return linesOf(dropDead(mergeScalings(graph)));
}

/** Numbers that show a sign, a rounding, an overflow. */
const telling = [[-0, 3.3]];

describe("mergeScalings", () => {
  it.each<[string, (maker: GraphMaker, x: Operand) => Operand]>([
    ["x + 0", (maker, x) => maker.of("Add", x, maker.scalar(0))],
    ["0 + x", (maker, x) => maker.of("Add", maker.scalar(0), x, [2])],
    ["x + 0, as many zeros", (maker, x) => maker.of("Add", x, maker.constant([0, 0], [2]))],
    ["x − 0", (maker, x) => maker.of("Sub", x, maker.scalar(0))],
    ["1 x", (maker, x) => maker.of("Multiply", maker.scalar(1), x, [2])],
    ["x 1", (maker, x) => maker.of("Multiply", x, maker.scalar(1))],
    ["x / 1", (maker, x) => maker.of("RealDiv", x, maker.scalar(1))],
    [
      "all of that",
      (maker, x) => maker.of("RealDiv", maker.of("Add", x, maker.scalar(0)), maker.constant([1, 1], [2])),
    ],
  ])("%s is x", async (_, make) => {
    const graph = ofPair(make);
    expect(merged(graph)).toEqual(["y = x"]);
    // Not of −0: −0 + 0 would be 0.
    await expectSameResults(graph, mergeScalings(graph), 0, [[1.1, -3e38]]);
  });

  it("makes one scaling of two, by the rounded product of their factors", async () => {
    const graph = ofPair((maker, x) => {
      return maker.of("RealDiv", maker.of("Multiply", maker.scalar(3), x, [2]), maker.scalar(7));
    });
    expect(merged(graph)).toEqual(["%4 [2] = Multiply(0.428571, x)", "y = %4"]);
    // 1e-6: three roundings of 2^-24 each.
    await expectSameResults(graph, mergeScalings(graph), 1e-6, telling);
  });

  it("makes one of many, signs and constants that are one number throughout too", async () => {
    const graph = ofPair((maker, x) => {
      const halved = maker.of("Multiply", x, maker.constant([0.5, 0.5], [2]));
      return maker.on("Neg", maker.of("Multiply", maker.scalar(6), maker.on("Neg", halved), [2]));
    });
    expect(merged(graph)).toEqual(["%6 [2] = Multiply(3, x)", "y = %6"]);
    await expectSameResults(graph, mergeScalings(graph), 0, telling);
  });

  it("leaves a value that something else reads too", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const tripled = maker.of("Multiply", x, maker.scalar(3));
    const graph = maker.graph({ y: maker.of("Multiply", tripled, maker.scalar(2)), tripled });
    expect(merged(graph)).toEqual(["%2 [2] = Multiply(3, x)", "%4 [2] = Multiply(6, x)", "y = %4", "tripled = %2"]);
    await expectSameResults(graph, mergeScalings(graph), 0, telling);
  });

  it("has an output that is only handed on come from where it was, and in its shape", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [4]);
    const same = maker.of("Add", x, maker.scalar(0));
    const graph = maker.graph({ same: { ...same, shape: [2, 2] }, square: maker.on("Square", same) });
    expect(merged(graph)).toEqual(["%3 [4] = Square(x)", "same = x as [2, 2]", "square = %3"]);
    await expectSameResults(graph, mergeScalings(graph));
  });

  const left: Readonly<Record<string, (maker: GraphMaker, x: Operand) => Operand>> = {
    "a sum that is broadcast": (maker, x) => maker.of("Add", x, maker.constant([0, 0, 0, 0], [2, 2]), [2, 2]),
    "a product that is broadcast": (maker, x) => maker.of("Multiply", maker.constant([1, 1, 1, 1], [2, 2]), x, [2, 2]),
    "0 − x": (maker, x) => maker.of("Sub", maker.scalar(0), x, [2]),
    "1 / x": (maker, x) => maker.of("RealDiv", maker.scalar(1), x, [2]),
    "x / 3": (maker, x) => maker.of("RealDiv", x, maker.scalar(3)),
    "numbers that differ": (maker, x) => maker.of("Multiply", x, maker.constant([1, 2], [2])),
    "numbers of which one is none": (maker, x) => maker.of("Multiply", x, maker.constant([1, NaN], [2])),
    "0 x, which is NaN for an x of Infinity": (maker, x) => maker.of("Multiply", x, maker.scalar(0)),
    "NaN x": (maker, x) => maker.of("Multiply", x, maker.scalar(NaN)),
    "∞ x": (maker, x) => maker.of("Multiply", x, maker.scalar(Infinity)),
    "x / 0": (maker, x) => maker.of("RealDiv", x, maker.scalar(0)),
    "x / ∞": (maker, x) => maker.of("RealDiv", x, maker.scalar(Infinity)),
    "factors whose product is too large": (maker, x) =>
      maker.of("Multiply", maker.of("RealDiv", x, maker.scalar(1e-30)), maker.on("Neg", maker.scalar(-1e30))),
    "factors whose product is too small": (maker, x) =>
      maker.of("RealDiv", maker.of("RealDiv", x, maker.scalar(1e30)), maker.scalar(1e30)),
    "x + NaN": (maker, x) => maker.of("Add", x, maker.scalar(NaN)),
  };

  it.each(Object.entries(left))("leaves %s", async (_, make) => {
    const graph = ofPair(make);
    const computed = linesOf(mergeScalings(graph)).map((line) => line.replace(/\(.*/, ""));
    expect(computed).toEqual(linesOf(graph).map((line) => line.replace(/\(.*/, "")));
    await expectSameResults(graph, mergeScalings(graph), 0, telling);
  });

  it("leaves whole numbers", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2], "int32");
    const graph = maker.graph({
      product: maker.of("Multiply", x, maker.constant([1], [], "int32")),
      sum: maker.of("Add", x, maker.constant([0], [], "int32")),
      difference: maker.of("Sub", x, maker.constant([0], [], "int32")),
    });
    expect(mergeScalings(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, mergeScalings(graph));
  });

  it("leaves what is read in another shape than it was made in", async () => {
    const graph = ofPair((maker, x) => {
      return maker.of("Add", { ...x, shape: [2, 1] }, maker.scalar(0), [2, 1]);
    });
    expect(mergeScalings(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, mergeScalings(graph));
  });

  it("does not take a factor across a shape", async () => {
    const graph = ofPair((maker, x) => {
      const doubled = maker.of("Multiply", x, maker.scalar(2));
      return maker.of("Multiply", { ...doubled, shape: [2, 1] }, maker.scalar(3), [2, 1]);
    });
    expect(merged(graph)).toHaveLength(3);
    await expectSameResults(graph, mergeScalings(graph));
  });
});
