import { describe, expect, it } from "vitest";
import { dropCopies } from "../../../../src/compile/passes/drop-copies.ts";
import { expectSameResults, GraphMaker, linesOf } from "../../../support/graphs.ts";

describe("dropCopies", () => {
  it.each(["Identity", "Reshape", "Cast"] as const)("has what %s only copies read where it was", async (name) => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2, 2]);
    const attributes = { Identity: {}, Reshape: { shape: [2, 2] }, Cast: { dtype: "float32" } }[name];
    const copy = maker.kernel(name, { x }, {}, attributes);
    const again = maker.kernel(name, { x: copy }, {}, attributes);
    const graph = maker.graph({ y: maker.on("Square", again), copy: again });
    const lean = dropCopies(graph);
    expect(linesOf(lean)).toEqual(["%3 [2, 2] = Square(x)", "y = %3", "copy = x"]);
    await expectSameResults(graph, lean);
  });

  it("leaves what changes the type or the shape", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2, 2]);
    const whole = maker.kernel("Cast", { x }, { dtype: "int32" }, { dtype: "int32" });
    const flat = maker.kernel("Reshape", { x }, { shape: [4] }, { shape: [4] });
    const graph = maker.graph({ whole, flat });
    expect(dropCopies(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, dropCopies(graph));
  });

  it("leaves a copy of what is read in another shape", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [4]);
    const copy = maker.kernel("Identity", { x: { ...x, shape: [2, 2] } });
    const graph = maker.graph({ y: maker.kernel("Sum", { x: copy }, { shape: [2] }, { axis: [1] }) });
    expect(dropCopies(graph).kernels).toEqual(graph.kernels);
    await expectSameResults(graph, dropCopies(graph));
  });

  it("keeps the shape in which a copy is read and goes out", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [4]);
    const copy = maker.on("Identity", x);
    const sum = maker.kernel("Sum", { x: { ...copy, shape: [2, 2] } }, { shape: [2] }, { axis: [0] });
    const graph = maker.graph({ sum, copy: { ...copy, shape: [1, 4] } });
    expect(linesOf(dropCopies(graph))).toEqual([
      "%2 [2] = Sum(x as [2, 2], axis: [0])",
      "sum = %2",
      "copy = x as [1, 4]",
    ]);
    await expectSameResults(graph, dropCopies(graph));
  });
});
