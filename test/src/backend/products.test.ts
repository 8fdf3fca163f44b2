import * as tf from "@tensorflow/tfjs-core";
import { RandomStream } from "rivulet";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../support/expect-close.ts";

/** Numbers in [0, 1), the same each time. */
function matrix(name: string, shape: readonly number[]): { tensor: tf.Tensor; at: (...index: number[]) => number } {
  const random = new RandomStream(1, name);
  const values = Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.uniform());
  const at = (...index: number[]) =>
    values[index.reduce((position, place, axis) => position * (shape[axis] as number) + place, 0)] as number;
  return { tensor: tf.tensor(values, [...shape]), at };
}

const range = (length: number) => Array.from({ length }, (_, index) => index);

describe("a product of matrices", () => {
  // Below and above the size from which on wasm transposes first; one row, one column, one term.
  const sizes = [
    [3, 4, 5],
    [33, 20, 17],
    [1, 9000, 1],
    [9000, 1, 1],
    [1, 1, 9000],
    [64, 8, 16],
  ] as const;
  const transposed = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));
  const cases = sizes.flatMap((size) => transposed.map((which) => [...size, ...which] as const));

  it.each(cases)("of %i × %i and %i columns is the sum of products, transposed: %s, %s", async (m, k, n, isA, isB) => {
    const a = matrix("a", isA ? [k, m] : [m, k]);
    const b = matrix("b", isB ? [n, k] : [k, n]);
    const product = tf.matMul(a.tensor, b.tensor, isA, isB);
    const term = (i: number, j: number) => (l: number) =>
      (isA ? a.at(l, i) : a.at(i, l)) * (isB ? b.at(j, l) : b.at(l, j));
    const expected = range(m).map((i) =>
      range(n).map((j) =>
        range(k)
          .map(term(i, j))
          .reduce((x, y) => x + y, 0),
      ),
    );
    // 1e-5: float32 sums of up to 9,000 terms.
    await expectClose(product, expected, 1e-5);
    tf.dispose([a.tensor, b.tensor, product]);
  });

  it.each(transposed)("is of the numbers alone, whatever stands beside them, transposed: %s, %s", async (isA, isB) => {
    // On WebGL a texel of an odd matrix has room left over, where adding 1 leaves 1. Only there, so that it is done there:
    // what comes from a product stands on the GPU.
    const product = tf.tidy(() => {
      const ones = tf.add(tf.matMul(tf.zeros([3, 3]), tf.zeros([3, 3])), 1);
      return tf.matMul(ones, ones, isA, isB);
    });
    const three = [3, 3, 3];
    await expectClose(product, [three, three, three]);
    product.dispose();
  });

  it("takes stacks of stacks of matrices, and leaves no data behind", async () => {
    const a = matrix("a", [1, 2, 20, 33]).tensor;
    const b = matrix("b", [1, 2, 20, 17]).tensor;
    const count = () => tf.backend().numDataIds();
    const before = count();
    const product = tf.matMul(a, b, true);
    expect(count()).toBe(before + 1);
    const part = (stack: tf.Tensor, index: number) => tf.reshape(tf.slice(stack, [0, index], [1, 1]), [20, -1]);
    const parts = [0, 1].map((index) => tf.tidy(() => tf.matMul(part(a, index), part(b, index), true)));
    await expectClose(product, [await Promise.all(parts.map(async (each) => each.array()))], 1e-6);
    tf.dispose([a, b, product, parts]);
  });
});
