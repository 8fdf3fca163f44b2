import { describe, expect, it } from "vitest";
import { shareEqual } from "../../../../src/compile/passes/share-equal.ts";
import { expectSameResults, GraphMaker, linesOf } from "../../../support/graphs.ts";

describe("shareEqual", () => {
  it("has the same computation done once, and what then is the same too", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const [one, other] = [maker.on("Exp", maker.on("Neg", x)), maker.on("Exp", maker.on("Neg", x))];
    const graph = maker.graph({ y: maker.of("Add", one, other), other });
    const lean = shareEqual(graph);
    expect(linesOf(lean)).toEqual([
      "%1 [2] = Neg(x)",
      "%2 [2] = Exp(%1)",
      "%5 [2] = Add(%2, %2)",
      "y = %5",
      "other = %2",
    ]);
    await expectSameResults(graph, lean);
  });

  it("holds equal small constants once, but not of other shapes, types or zeros of other signs", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [1]);
    const constants = [
      maker.constant([0], [1]),
      maker.constant([0], [1]),
      maker.constant([-0], [1]),
      maker.constant([0], []),
      maker.constant([NaN], [1]),
      maker.constant([NaN], [1]),
    ];
    const quotients = constants.map((constant, index) => [`y${index}`, maker.of("RealDiv", x, constant)] as const);
    const graph = maker.graph({ ...Object.fromEntries(quotients), whole: maker.constant([0], [1], "int32") });
    const lean = shareEqual(graph);
    expect(lean.constants.map(({ value }) => value)).toEqual([1, 3, 4, 5, 13]);
    expect(lean.kernels).toHaveLength(4);
    await expectSameResults(graph, lean, 0, [[2]]);
  });

  it("leaves large constants: comparing them would take longer than it saves", async () => {
    const maker = new GraphMaker();
    const ones = Array.from({ length: 65 }, () => 1);
    const graph = maker.graph({ a: maker.constant(ones, [65]), b: maker.constant(ones, [65]) });
    expect(shareEqual(graph).constants).toHaveLength(2);
    await expectSameResults(graph, shareEqual(graph));
  });

  it("leaves what differs in an operand, its order, its shape or a setting", async () => {
    const maker = new GraphMaker();
    const [x, y] = [maker.input("x", [2, 2]), maker.input("y", [2, 2])];
    const row = { ...x, shape: [4] };
    const graph = maker.graph({
      a: maker.of("Sub", x, y),
      b: maker.of("Sub", y, x),
      c: maker.kernel("Sum", { x }, { shape: [2] }, { axis: [0] }),
      d: maker.kernel("Sum", { x }, { shape: [2] }, { axis: [1] }),
      e: maker.on("Square", x),
      f: maker.on("Square", row),
    });
    expect(shareEqual(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, shareEqual(graph));
  });

  it.each([
    [Infinity, -Infinity],
    [0, -0],
    [NaN, Infinity],
  ])("tells the settings %o and %o apart", async (one, other) => {
    const maker = new GraphMaker();
    const x = maker.input("x", [1]);
    const pad = (constantValue: number) => {
      const padded = maker.kernel("PadV2", { x }, { shape: [2] }, { paddings: [[0, 1]], constantValue });
      return maker.of("RealDiv", maker.constant([1, 1], [2]), padded);
    };
    const graph = maker.graph({ one: pad(one), other: pad(other) });
    expect(shareEqual(graph).kernels.filter(({ name }) => name === "PadV2")).toHaveLength(2);
    await expectSameResults(graph, shareEqual(graph), 0, [[2]]);
  });
});
