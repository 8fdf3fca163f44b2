import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "rivulet";
import { describe, expect, it } from "vitest";
import { optimise } from "../../../../src/compile/passes.ts";
import type { Graph, Operand } from "../../../../src/compile/graph.ts";
import { fuseSlopes } from "../../../../src/compile/passes/fuse-slopes.ts";
import { hasSlopes } from "../../../../src/compile/slopes.ts";
import { expectSameResults, GraphMaker, kernelsOf, linesOf } from "../../../support/graphs.ts";

class Slopes extends GraphMaker {
  readonly y = this.input("y", [2, 3]);
  readonly dy = this.input("dy", [2, 3]);
  readonly one = this.scalar(1);

  rest(of: Operand = this.y, one: Operand = this.one, shape: Shape = of.shape): Operand {
    return this.of("Sub", one, of, shape);
  }

  ofSigmoid(): Operand {
    return this.of("Multiply", this.y, this.rest());
  }

  ofTanh(): Operand {
    return this.rest(this.on("Square", this.y));
  }
}

// Two products in another order, of numbers below 1.
const tolerance = 1e-6;

/** What the backend that runs makes of a graph: the native binding is the one with kernels of slopes. */
async function expectSameOptimised(graph: Graph): Promise<void> {
  await expectSameResults(graph, await optimise(graph), tolerance);
}

describe("fuseSlopes", () => {
  it.each<[string, (slopes: Slopes) => Operand, string]>([
    ["sigmoid's", (slopes) => slopes.of("Multiply", slopes.dy, slopes.ofSigmoid()), "SigmoidGrad"],
    ["sigmoid's, the other way round", (slopes) => slopes.of("Multiply", slopes.ofSigmoid(), slopes.dy), "SigmoidGrad"],
    [
      "sigmoid's, the slope's factors the other way round",
      (slopes) => slopes.of("Multiply", slopes.dy, slopes.of("Multiply", slopes.rest(), slopes.y)),
      "SigmoidGrad",
    ],
    ["tanh's", (slopes) => slopes.of("Multiply", slopes.ofTanh(), slopes.dy), "TanhGrad"],
    ["tanh's, the other way round", (slopes) => slopes.of("Multiply", slopes.dy, slopes.ofTanh()), "TanhGrad"],
  ])("makes one kernel of %s", async (_, make, name) => {
    const slopes = new Slopes();
    const graph = slopes.graph({ dz: make(slopes) });
    expect(linesOf(fuseSlopes(graph))).toEqual([`%5 [2, 3] = ${name}(y, dy)`, "dz = %5"]);
    await expectSameOptimised(graph);
  });

  it.each<[string, (slopes: Slopes) => Record<string, Operand>]>([
    [
      "another number than 1",
      (slopes) => ({
        dz: slopes.of("Multiply", slopes.dy, slopes.of("Multiply", slopes.y, slopes.rest(slopes.y, slopes.scalar(2)))),
      }),
    ],
    [
      "the rest of another value",
      (slopes) => ({ dz: slopes.of("Multiply", slopes.dy, slopes.of("Multiply", slopes.y, slopes.rest(slopes.dy))) }),
    ],
    [
      "a slope that is read too",
      (slopes) => {
        const slope = slopes.ofSigmoid();
        return { dz: slopes.of("Multiply", slopes.dy, slope), slope };
      },
    ],
    [
      "a rest that is read too",
      (slopes) => {
        const rest = slopes.rest();
        return { dz: slopes.of("Multiply", slopes.dy, slopes.of("Multiply", slopes.y, rest)), rest };
      },
    ],
    [
      "a square that is read too",
      (slopes) => {
        const square = slopes.on("Square", slopes.y);
        return { dz: slopes.of("Multiply", slopes.rest(square), slopes.dy), square };
      },
    ],
    ["the sum of both", (slopes) => ({ dz: slopes.of("Add", slopes.dy, slopes.ofSigmoid()) })],
    ["1 − y alone", (slopes) => ({ dz: slopes.of("Multiply", slopes.dy, slopes.rest()) })],
    [
      "a slope that is spread out",
      (slopes) => ({ dz: slopes.of("Multiply", slopes.input("wide", [4, 2, 3]), slopes.ofSigmoid(), [4, 2, 3]) }),
    ],
    [
      "a slope read in another shape",
      (slopes) => ({
        dz: slopes.of("Multiply", slopes.input("flat", [6]), { ...slopes.ofSigmoid(), shape: [6] }, [6]),
      }),
    ],
  ])("leaves %s", async (_, make) => {
    const slopes = new Slopes();
    const graph = slopes.graph(make(slopes));
    expect(fuseSlopes(graph).kernels).toEqual(graph.kernels);
    await expectSameOptimised(graph);
  });

  it("runs where the backend has the kernels", async () => {
    const slopes = new Slopes();
    const graph = slopes.graph({ dz: slopes.of("Multiply", slopes.dy, slopes.ofSigmoid()) });
    expect(hasSlopes()).toBe(tf.getBackend() === "tensorflow");
    expect(kernelsOf(await optimise(graph)).includes("SigmoidGrad")).toBe(hasSlopes());
  });
});
