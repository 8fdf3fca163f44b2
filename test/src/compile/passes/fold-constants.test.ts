import type * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import type { Graph } from "../../../../src/compile/graph.ts";
import { optimise, passNames } from "../../../../src/compile/passes.ts";
import { foldConstants } from "../../../../src/compile/passes/fold-constants.ts";
import { expectSameResults, GraphMaker, kernelsOf, linesOf } from "../../../support/graphs.ts";

/** The pass alone, by the backend that runs. */
async function fold(graph: Graph): Promise<Graph> {
  return optimise(
    graph,
    passNames.filter((name) => name !== "foldConstants"),
  );
}

describe("foldConstants", () => {
  it("computes once what depends on constants alone", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const product = maker.of("Multiply", maker.constant([1.5, -2], [2]), maker.scalar(3));
    const graph = maker.graph({ y: maker.of("Add", maker.of("Multiply", x, product), maker.on("Neg", product)) });
    const folded = await fold(graph);
    expect(linesOf(folded)).toEqual(["%4 [2] = Multiply(x, -6…4.5 [2])", "%6 [2] = Add(%4, -4.5…6 [2])", "y = %6"]);
    await expectSameResults(graph, folded);
  });

  it("computes what reads nothing", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [3]);
    const filled = maker.kernel(
      "Fill",
      {},
      { shape: [3], dtype: "float32" },
      { shape: [3], value: 2, dtype: "float32" },
    );
    const graph = maker.graph({ y: maker.of("Add", x, filled) });
    const folded = await fold(graph);
    expect(linesOf(folded)).toEqual(["%2 [3] = Add(x, 2 [3])", "y = %2"]);
    await expectSameResults(graph, folded);
  });

  it("folds an output that is fixed, in its shape and type, and what is not finite", async () => {
    const maker = new GraphMaker();
    const turned = maker.on("Neg", maker.constant([-Infinity, Infinity, NaN, 0], [4]));
    const whole = maker.of("Add", maker.constant([3], [1], "int32"), maker.constant([4], [1], "int32"));
    const graph = maker.graph({ turned: { ...turned, shape: [2, 2] }, whole });
    const folded = await fold(graph);
    expect(folded.kernels).toEqual([]);
    const numbers = folded.constants.map((constant) => constant.numbers);
    expect(numbers).toContainEqual(Float32Array.of(Infinity, -Infinity, NaN, -0));
    expect(numbers).toContainEqual(Int32Array.of(7));
    await expectSameResults(graph, folded);
  });

  it("leaves what depends on an input, and asks for nothing then", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", [2]);
    const graph = maker.graph({ y: maker.of("Multiply", maker.on("Square", x), maker.scalar(2)) });
    const refuse = async (): Promise<readonly tf.TypedArray[]> => {
      throw new Error("nothing is fixed");
    };
    expect(await foldConstants(graph, refuse)).toBe(graph);
  });

  it("asks only for what is read", async () => {
    const maker = new GraphMaker();
    const x = maker.input("x", []);
    maker.on("Exp", maker.scalar(1));
    const graph = maker.graph({ y: maker.of("Add", x, maker.on("Square", maker.on("Neg", maker.scalar(3)))) });
    const asked: string[][] = [];
    await foldConstants(graph, async (fixed) => {
      asked.push(kernelsOf(fixed));
      return fixed.outputs.map(() => Float32Array.of(9));
    });
    expect(asked).toEqual([["Neg", "Square"]]);
  });
});
