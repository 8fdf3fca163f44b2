import * as tf from "@tensorflow/tfjs-core";
import { toTensor, type Data } from "../data.ts";
import { HyperparameterError } from "../errors.ts";
import { expectShape } from "../shape.ts";
import { valueAndGradientsAt, type ScalarFunction } from "./gradient.ts";

/**
 * How fast a function grows in a direction:
 *
 *     ∂f/∂l = ∇f(point) · e,   e = direction / ‖direction‖
 *
 * Largest along the gradient, where it is ‖∇f‖; zero across it; −‖∇f‖ against it. point and direction are of one shape.
 * Returns a scalar that the caller disposes of.
 *
 * @throws ShapeError; HyperparameterError for a direction of length 0, which points nowhere
 */
export function directionalDerivative(f: ScalarFunction, point: Data, direction: Data): tf.Scalar {
  return tf.tidy(() => {
    const at = toTensor("point", point);
    const towards = toTensor("direction", direction);
    expectShape("directionalDerivative", "a direction", at.shape, towards.shape, "Give it the point's shape.");
    const largest = tf.max(tf.abs(towards));
    if (largest.dataSync()[0] === 0) {
      throw new HyperparameterError("directionalDerivative expects a direction other than 0.", "direction", direction);
    }
    const [slope] = valueAndGradientsAt(f, [at]).gradients;
    // Scaled by its largest component first: the square of a very long or very short one is no float32.
    const scaled = tf.div(towards, largest);
    return tf.div<tf.Scalar>(tf.sum(tf.mul(slope as tf.Tensor, scaled)), tf.norm(scaled));
  });
}
