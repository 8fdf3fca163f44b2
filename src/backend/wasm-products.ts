import * as tf from "@tensorflow/tfjs-core";
import { replaceKernel, type KernelFunction } from "./replace-kernel.ts";

/** Multiplications in a product from which on a transposition pays for itself: below, its own call costs more. */
const worthwhile = 8192;

/**
 * Has wasm multiply transposed matrices as fast as others. Its product (tfjs 4.22.0) has fast loops for A B only, and takes
 * 8 to 15 times as long for Aᵀ B and A Bᵀ, the two products of every backward pass: here the transposition is done first.
 * A second call does nothing.
 */
export function speedUpTransposedProducts(): void {
  const transpose = tf.getKernel("Transpose", "wasm");
  if (transpose === undefined) return;
  replaceKernel("BatchMatMul", "wasm", (product) => byTransposing(product, transpose.kernelFunc));
}

function byTransposing(product: KernelFunction, transpose: KernelFunction): KernelFunction {
  return ({ inputs, attrs = {}, backend }) => {
    const { a, b } = inputs as { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo };
    const { transposeA, transposeB } = attrs;
    const isLarge = tf.util.sizeFromShape(a.shape) * (b.shape.at(transposeB === true ? -2 : -1) ?? 1) >= worthwhile;
    if (!isLarge || (transposeA !== true && transposeB !== true)) return product({ inputs, attrs, backend });
    const made: tf.TensorInfo[] = [];
    const upright = (matrix: tf.TensorInfo, isTransposed: unknown) => {
      if (isTransposed !== true) return matrix;
      const info = transpose({ inputs: { x: matrix }, attrs: { perm: lastTwoSwapped(matrix.shape.length) }, backend });
      made.push(info as tf.TensorInfo);
      return info as tf.TensorInfo;
    };
    try {
      const operands = { a: upright(a, transposeA), b: upright(b, transposeB) };
      return product({ inputs: operands, attrs: { ...attrs, transposeA: false, transposeB: false }, backend });
    } finally {
      for (const { dataId } of made) (backend as tf.KernelBackend).disposeData(dataId);
    }
  };
}

/** `[0, 2, 1]` for three axes. */
function lastTwoSwapped(rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return [...axes.slice(0, -2), rank - 1, rank - 2];
}
