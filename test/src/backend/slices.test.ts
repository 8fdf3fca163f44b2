import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it, vi } from "vitest";

/** [6, 4, 2] of 0, 1, … 47. */
const stack = (dtype: "float32" | "int32" = "float32") =>
  tf.tensor(
    Array.from({ length: 48 }, (_, position) => position),
    [6, 4, 2],
    dtype,
  );

describe("a slice", () => {
  // Runs of values, from the beginning, the middle and the end, the whole, one value, none; then what is no run.
  const cases = [
    [[0], [2]],
    [[2], [3]],
    [[4], [2]],
    [[0], [6]],
    [
      [3, 1, 1],
      [1, 1, 1],
    ],
    [
      [3, 1],
      [1, 2],
    ],
    [[2], [0]],
    [[6], [0]],
    [
      [1, 2],
      [3, 1],
    ],
    [
      [0, 0, 1],
      [6, 4, 1],
    ],
    [
      [4, 1],
      [-1, -1],
    ],
  ] as const;

  it.each(cases)("from %o of size %o holds the values that stand there", async (from, count) => {
    const begin = [0, 1, 2].map((axis) => from[axis as 0] ?? 0);
    const end = [6, 4, 2].map((length, axis) => {
      const size: number = count[axis as 0] ?? -1;
      return size === -1 ? length : (begin[axis] as number) + size;
    });
    const positions = Array.from({ length: 48 }, (_, position) => position).filter((position) =>
      [Math.floor(position / 8), Math.floor(position / 2) % 4, position % 2].every(
        (index, axis) => index >= (begin[axis] as number) && index < (end[axis] as number),
      ),
    );
    for (const dtype of ["float32", "int32"] as const) {
      const part = tf.tidy(() => tf.slice(stack(dtype), [...from], [...count]));
      expect(part.dtype).toBe(dtype);
      expect(part.shape).toEqual(end.map((stop, axis) => stop - (begin[axis] as number)));
      expect([...(await part.data())]).toEqual(positions);
      part.dispose();
    }
  });

  it("holds truths", async () => {
    const part = tf.tidy(() => tf.slice(tf.greater(tf.range(0, 6), 3), [2], [3]));
    expect(part.dtype).toBe("bool");
    expect([...(await part.data())].map(Number)).toEqual([0, 0, 1]);
    part.dispose();
  });

  it("is a copy: what becomes of the tensor is nothing to it", async () => {
    const whole = stack();
    const part = tf.slice(whole, [1], [1]);
    whole.dispose();
    const other = tf.zeros([6, 4, 2]);
    expect([...(await part.data())]).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
    tf.dispose([part, other]);
  });

  it("of rows reads back no more than those: a batch is cut from all the samples in each step", async () => {
    const whole = stack();
    const read = vi.spyOn(tf.backend(), "readSync");
    const part = tf.slice(whole, [1], [2]);
    const lengths = read.mock.results.map(({ value }) => (value as { readonly length: number }).length);
    read.mockRestore();
    expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(16);
    tf.dispose([whole, part]);
  });
});
