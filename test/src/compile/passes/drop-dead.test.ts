import { describe, expect, it } from "vitest";
import { dropDead } from "../../../../src/compile/passes/drop-dead.ts";
import { expectSameResults, GraphMaker } from "../../../support/graphs.ts";

describe("dropDead", () => {
  it("drops what no output depends on, and constants that nothing reads; inputs stay", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    maker.input("unread", [2]);
    maker.on("Exp", maker.of("Multiply", x, maker.scalar(3)));
    const graph = maker.graph({ y: maker.of("Add", x, maker.scalar(5)) });
    const lean = dropDead(graph);
    expect(String(lean)).toBe("x [2], unread [2]\n%6 [2] = Add(x, 5)\ny = %6");
    expect(lean.constants.map(({ numbers }) => [...numbers])).toEqual([[5]]);
    await expectSameResults(graph, lean);
  });

  it("keeps constants and inputs that go out as they are", async () => {
    const maker = new GraphMaker();
    const graph = maker.graph({ x: maker.input("x", [2]), one: maker.scalar(1) });
    expect(dropDead(graph).parts()).toEqual(graph.parts());
    await expectSameResults(graph, dropDead(graph));
  });

  it("keeps a kernel of which one result is read", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2, 2]);
    const first = maker.kernel("SplitV", { x }, { shape: [2, 1] }, { numOrSizeSplits: 2, axis: 1 });
    const graph = maker.graph({ y: maker.on("Square", first) });
    const [split, square] = graph.kernels;
    if (split === undefined || square === undefined) throw new Error("two kernels were made");
    const second = graph.values.length;
    const whole = graph.with({
      values: [...graph.values, { shape: [2, 1], dtype: "float32" }],
      kernels: [{ ...split, outputs: [...split.outputs, second] }, square],
    });
    expect(dropDead(whole).kernels).toEqual(whole.kernels);
    await expectSameResults(whole, dropDead(whole));
  });

  it("keeps an order in which the kernels can run", () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const names = ["Exp", "Square", "Neg", "Tanh"];
    const last = names.reduce((operand, name) => maker.on(name, operand), x);
    expect(dropDead(maker.graph({ last })).kernels.map(({ name }) => name)).toEqual(names);
  });
});
