import { graphSize } from "rivulet";
import { describe, expect, it } from "vitest";
import { Graph } from "../../../src/compile/graph.ts";

describe("graphSize", () => {
  it("counts kernels but copies, the bytes that those make, and the constants'", () => {
    const float = { shape: [2, 3], dtype: "float32" } as const;
    const values = [float, float, { shape: [5], dtype: "bool" } as const, float, float];
    const reading = (name: string, output: number) => {
      return { name, inputs: { x: { value: 0, shape: [2, 3] } }, attributes: {}, outputs: [output] };
    };
    const kernels = [reading("Identity", 1), reading("Greater", 2), reading("Relu", 3)];
    const constants = [{ value: 4, numbers: new Float32Array(6) }];
    const graph = new Graph({ values, inputs: [{ value: 0, name: "x" }], constants, kernels, outputs: [] });
    // 5 × 1 of the Booleans and 6 × 4 of the numbers; the copy's 24 are not counted.
    expect(graphSize(graph)).toEqual({ kernels: 2, bytes: 29, constantBytes: 24 });
  });
});
