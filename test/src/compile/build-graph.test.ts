import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import type { Graph } from "../../../src/compile/graph.ts";
import { expectClose } from "../../support/expect-close.ts";
import { kernelsOf, numbersOf, textOf, traced } from "../../support/graphs.ts";

/** x [2, 2] and what is computed of it. */
function ofMatrix(run: (x: tf.Tensor) => tf.Tensor): Graph {
  const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  const { graph } = traced({ x }, ({ x: given }) => ({ y: run(given) }));
  x.dispose();
  return graph;
}

describe("buildGraph", () => {
  it("has reshapes and clones read where the numbers are", () => {
    const graph = ofMatrix((x) => tf.square(tf.clone(tf.exp(tf.clone(tf.reshape(tf.clone(x), [2, 2]))))));
    expect(textOf(graph)).toBe("x [2, 2]\n%1 [2, 2] = Exp(x)\n%2 [2, 2] = Square(%1)\ny = %2");
  });

  it("has an output in the shape that it is asked for", async () => {
    const graph = ofMatrix((x) => tf.reshape(tf.square(x), [4, 1]));
    expect(graph.outputs.map(({ shape }) => shape)).toEqual([[4, 1]]);
    expect(await numbersOf(graph, [[1, 2, 3, 4]])).toEqual([[1, 4, 9, 16]]);
  });

  it("tells values apart that share numbers over types", async () => {
    // Backends have int32 numbers that are cast to float32 share them.
    const x = tf.tensor1d([1, 2, 3], "int32");
    const { graph } = traced({ x }, ({ x: whole }) => {
      const real = tf.cast(whole, "float32");
      return { halves: tf.mul(real, 0.5), sums: tf.add(whole, whole), back: tf.cast(real, "int32") };
    });
    x.dispose();
    expect(graph.outputs.map(({ value }) => graph.values[value]?.dtype)).toEqual(["float32", "int32", "int32"]);
    expect(await numbersOf(graph, [[1, 2, 5]])).toEqual([
      [0.5, 1, 2.5],
      [2, 4, 10],
      [1, 2, 5],
    ]);
  });

  it("takes numbers from the host as constants, their clones and reshapes too", async () => {
    const graph = ofMatrix((x) => tf.mul(x, tf.reshape(tf.clone(tf.tensor1d([2, 3])), [2])));
    expect(graph.inputs.map(({ name }) => name)).toEqual(["x"]);
    expect(textOf(graph)).toBe("x [2, 2]\n%1 [2, 2] = Multiply(x, 2…3 [2])\ny = %1");
    expect(await numbersOf(graph, [[1, 1, 1, 1]])).toEqual([[2, 3, 2, 3]]);
  });

  it("takes what it was not told of as further inputs", () => {
    const x = tf.scalar(1);
    const [scale, unread] = [tf.scalar(2), tf.scalar(9)];
    const shift = tf.tidy(() => tf.variable(tf.scalar(3)));
    const { graph, captured } = traced({ x }, ({ x: given }) => {
      tf.square(unread);
      return { y: tf.add(tf.mul(tf.clone(scale), given), shift) };
    });
    expect(textOf(graph)).toBe(
      "x [], captured_1 [], captured_2 []\n%1 [] = Multiply(captured_1, x)\n%2 [] = Add(%1, captured_2)\ny = %2",
    );
    expect(captured).toEqual([scale, shift]);
    expect(captured[1]).toBe(shift);
    tf.dispose([x, scale, unread, shift]);
  });

  it("hands out inputs, constants and what it captured as they are", async () => {
    const x = tf.tensor1d([1, 2]);
    const own = tf.tensor1d([3, 4]);
    const { graph, captured } = traced({ x }, ({ x: given }) => {
      return {
        x: tf.clone(given),
        constant: tf.tensor1d([5, 6]),
        own: tf.clone(own),
        again: tf.reshape(given, [1, 2]),
      };
    });
    expect(kernelsOf(graph).filter((name) => !["Identity", "Reshape"].includes(name))).toEqual([]);
    expect(captured).toHaveLength(1);
    expect(
      await numbersOf(graph, [
        [7, 8],
        [9, 0],
      ]),
    ).toEqual([
      [7, 8],
      [5, 6],
      [9, 0],
      [7, 8],
    ]);
    tf.dispose([x, own]);
  });

  it("keeps inputs that nothing reads, in their order", () => {
    const [x, y] = [tf.scalar(1), tf.scalar(2)];
    const { graph } = traced({ x, y }, (given) => ({ square: tf.square(given.y) }));
    expect(graph.inputs.map(({ name }) => name)).toEqual(["x", "y"]);
    tf.dispose([x, y]);
  });

  it("leaves out what nothing depends on", () => {
    const graph = ofMatrix((x) => {
      tf.exp(tf.mul(x, 3));
      return tf.square(x);
    });
    expect(kernelsOf(graph)).toEqual(["Square"]);
    expect(graph.constants).toEqual([]);
  });

  it("holds what a gradient computes, the copies that are kept for it left out", async () => {
    const graph = ofMatrix((x) => tf.grad((at: tf.Tensor) => tf.sum(tf.sigmoid(at)))(x));
    expect(textOf(graph)).not.toContain("Identity");
    const [slopes = []] = await numbersOf(graph, [[0, 1, -1, 2]]);
    const slope = (z: number) => Math.exp(-z) / (1 + Math.exp(-z)) ** 2;
    // 1e-6: float32's rounding, and a GPU's exponential.
    await expectClose(slopes, [0, 1, -1, 2].map(slope), 1e-6);
  });

  it("holds kernels of many inputs and of many outputs", async () => {
    const graph = ofMatrix((x) => {
      const [left, right] = tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor];
      return tf.concat([right, left, right], 1);
    });
    expect(await numbersOf(graph, [[1, 2, 3, 4]])).toEqual([[2, 1, 2, 4, 3, 4]]);
  });
});
