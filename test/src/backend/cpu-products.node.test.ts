import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { RandomStream } from "rivulet";
import { expect, it } from "vitest";
import type { CpuBackend } from "../../../src/backend/cpu-backend.ts";
import { speedUpProducts } from "../../../src/backend/cpu-products.ts";

speedUpProducts();

const size = fc.integer({ min: 1, max: 9 });
const products = fc.record({
  rows: size,
  // Runs have 48 terms.
  inner: fc.integer({ min: 1, max: 150 }),
  columns: size,
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
});

const cpu = tf.findBackend("cpu") as tf.KernelBackend & CpuBackend;

/** A matrix of numbers around 0, the same each time. */
function matrix(name: string, rows: number, columns: number): { readonly info: tf.TensorInfo; values: Float32Array } {
  const random = new RandomStream(1, name);
  const values = Float32Array.from({ length: rows * columns }, () => random.uniform() - 0.5);
  return { info: cpu.makeTensorInfo([rows, columns], "float32", values), values };
}

it("cpu's product rounds where tfjs does: runs of 48 terms are summed up in float64, and added as float32", () => {
  fc.assert(
    fc.property(products, ({ rows, inner, columns, transposeA, transposeB }) => {
      const a = transposeA ? matrix("a", inner, rows) : matrix("a", rows, inner);
      const b = transposeB ? matrix("b", columns, inner) : matrix("b", inner, columns);
      const termOf = (row: number, column: number, k: number) =>
        (a.values[transposeA ? k * rows + row : row * inner + k] as number) *
        (b.values[transposeB ? column * inner + k : k * columns + column] as number);
      const expected = Float32Array.from({ length: rows * columns }, (_, place) => {
        let out = 0;
        for (let start = 0; start < inner; start += 48) {
          let sum = 0;
          for (let k = start; k < Math.min(start + 48, inner); k++)
            sum += termOf(Math.floor(place / columns), place % columns, k);
          out = Math.fround(out + sum);
        }
        return out;
      });
      const inputs = { a: a.info, b: b.info };
      const kernel = tf.getKernel("BatchMatMul", "cpu");
      const out = kernel.kernelFunc({ inputs, attrs: { transposeA, transposeB }, backend: cpu }) as tf.TensorInfo;
      const { values } = cpu.data.get(out.dataId);
      for (const { dataId } of [a.info, b.info, out]) cpu.disposeData(dataId);
      expect(values).toEqual(expected);
    }),
    { seed: 1, numRuns: 300 },
  );
});
