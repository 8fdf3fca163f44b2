import * as tf from "@tensorflow/tfjs-core";
import { replaceKernel, type KernelFunction } from "./replace-kernel.ts";

/**
 * Has WebGL multiply matrices alone, and not what stands beside them. A texel holds two rows and two columns, so that an odd
 * matrix has room left over, and tfjs 4.22.0 leaves there what an operation makes of 0: sigmoid ½, addition of 1 one. Its
 * product sums over that room as well. Where the inner size is odd, both matrices are first divided by 1, the one
 * operation that clears it. A second call does nothing.
 */
export function clearPaddingOfProducts(): void {
  const divide = tf.getKernel("RealDiv", "webgl");
  if (divide === undefined) return;
  for (const name of ["BatchMatMul", "_FusedMatMul"]) {
    replaceKernel(name, "webgl", (product) => byClearing(product, divide.kernelFunc));
  }
}

function byClearing(product: KernelFunction, divide: KernelFunction): KernelFunction {
  return ({ inputs, attrs = {}, backend }) => {
    const { a, b } = inputs as { readonly a: tf.TensorInfo; readonly b: tf.TensorInfo };
    const inner = a.shape.at(attrs["transposeA"] === true ? -2 : -1) ?? 0;
    const isFloat = a.dtype === "float32" && b.dtype === "float32";
    if (inner % 2 === 0 || !isFloat) return product({ inputs, attrs, backend });
    const host = backend as tf.KernelBackend;
    const one: tf.TensorInfo = { dataId: host.write(Float32Array.of(1), [], "float32"), shape: [], dtype: "float32" };
    const clear = (matrix: tf.TensorInfo) => divide({ inputs: { a: matrix, b: one }, backend }) as tf.TensorInfo;
    const made: tf.TensorInfo[] = [one];
    try {
      for (const matrix of [a, b]) made.push(clear(matrix));
      const [, clearA = a, clearB = b] = made;
      return product({ inputs: { ...inputs, a: clearA, b: clearB }, attrs, backend });
    } finally {
      for (const { dataId } of made) host.disposeData(dataId);
    }
  };
}
