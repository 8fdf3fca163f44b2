import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { GraphMaker, linesOf, textOf, traced } from "../../support/graphs.ts";

describe("a graph's text", () => {
  it("has one kernel a line, with shapes", () => {
    const x = tf.zeros([2, 3]);
    const [kernel, bias] = [tf.zeros([3, 4]), tf.zeros([4])];
    const { graph } = traced({ x, "dense_1/kernel": kernel, "dense_1/bias": bias }, (given) => {
      const z = tf.add(
        tf.matMul(given.x as tf.Tensor2D, given["dense_1/kernel"] as tf.Tensor2D),
        given["dense_1/bias"],
      );
      const a = tf.sigmoid(z);
      return { mean: tf.mean(tf.mul(a, 0.5)), a };
    });
    tf.dispose([x, kernel, bias]);
    expect(textOf(graph)).toBe(
      [
        "x [2, 3], dense_1/kernel [3, 4], dense_1/bias [4]",
        "%1 [2, 4] = BatchMatMul(x, dense_1/kernel)",
        "%2 [2, 4] = Add(%1, dense_1/bias)",
        "%3 [2, 4] = Sigmoid(%2)",
        "%4 [2, 4] = Multiply(%3, 0.5)",
        "%5 [] = Mean(%4)",
        "mean = %5",
        "a = %3",
      ].join("\n"),
    );
  });

  it("shortens constants", () => {
    const graph = new GraphMaker();
    const x = graph.input("x", [3]);
    const one = graph.of("Add", x, graph.scalar(1 / 3));
    const many = graph.of("Add", one, graph.constant([2, 2, 2], [3]));
    const range = graph.of("Add", many, graph.constant([3, -1, 2], [3]));
    expect(linesOf(graph.graph({ y: range }))).toEqual([
      "%2 [3] = Add(x, 0.333333)",
      "%4 [3] = Add(%2, 2 [3])",
      "%6 [3] = Add(%4, -1…3 [3])",
      "y = %6",
    ]);
  });

  it("shows settings that are set, switches by their name, and operands in another shape", () => {
    const graph = new GraphMaker();
    const x = graph.input("x", [2, 3]);
    const attributes = { axis: 0, keepDims: true, exclusive: false, name: undefined, limits: [1, 2] };
    const sum = graph.kernel("Sum", { x: { ...x, shape: [6] } }, { shape: [] }, attributes);
    expect(graph.graph({ y: sum }).toString()).toBe(
      "x [2, 3]\n%1 [] = Sum(x as [6], axis: 0, keepDims, limits: [1,2])\ny = %1",
    );
  });

  it("names all results of a kernel", () => {
    const x = tf.zeros([2, 2]);
    const { graph } = traced({ x }, (given) => {
      const [left, right] = tf.split(given.x, 2, 1) as [tf.Tensor, tf.Tensor];
      return { left, right };
    });
    x.dispose();
    const [first] = linesOf(graph);
    expect(first).toBe("%1 [2, 1], %2 [2, 1] = SplitV(x, numOrSizeSplits: 2, axis: 1)");
  });

  it("writes what a fused kernel computes as a formula, and several below it", () => {
    const graph = new GraphMaker();
    const [x, kernel] = [graph.input("x", [2, 3]), graph.input("kernel", [2, 3])];
    const steps = [
      { name: "Multiply", a: 0, b: 1 },
      { name: "Square", a: 2 },
    ];
    const made = graph.kernel("Elementwise", [x, kernel], {}, { steps, results: [1], shape: [2, 3] });
    const [product, square] = [graph.on("Neg", made), graph.on("Neg", made)];
    const lean = graph.graph({ y: made });
    const [fused] = lean.kernels;
    const attributes = { steps, results: [0, 1], shape: [2, 3] };
    const both = fused && { ...fused, attributes, outputs: [product.value, square.value] };
    expect(linesOf(lean)[0]).toBe("%2 [2, 3] = Elementwise((x × kernel)²)");
    expect(String(lean.with({ kernels: both === undefined ? [] : [both] }))).toContain(
      "\n%3 [2, 3], %4 [2, 3] = Elementwise\n    %3 = x × kernel\n    %4 = %3²\n",
    );
  });

  it("breaks lines at 80 columns, not within a name with its shape", () => {
    const graph = new GraphMaker();
    const kernels = Array.from({ length: 12 }, (_, index) => graph.input(`dense_${index}/kernel`, [16, 16]));
    const lines = graph
      .graph({ y: graph.kernel("AddN", kernels) })
      .toString()
      .split("\n");
    expect(lines).toHaveLength(9);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    for (const line of lines.slice(1, 4)) expect(line).toMatch(/^ {4}dense_\d+\/kernel \[16, 16\]/);
    expect(lines[4]).toBe("%12 [16, 16] = AddN(dense_0/kernel, dense_1/kernel, dense_2/kernel,");
  });
});
