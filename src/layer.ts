import type * as tf from "@tensorflow/tfjs-core";
import type { RandomStream } from "./random.ts";
import type { Shape } from "./shape.ts";

/**
 * One stage of a network. A layer of one's own is a class with these three members; it has nothing to extend.
 *
 *     class Scale implements Layer {
 *       parameters: tf.Variable[] = [];
 *       build() { this.parameters = [tf.variable(tf.scalar(1))]; }
 *       forward(x: tf.Tensor) { return tf.mul(x, this.parameters[0]!); }
 *     }
 */
export interface Layer {
  /**
   * Makes the parameters. Called once, by the model that takes the layer.
   *
   * @param inputShape the input's shape without the batch axis
   * @param random the layer's own stream, `random.split("kernel")` for one parameter's
   * @throws ShapeError if the layer cannot take that input
   */
  build(inputShape: Shape, random: RandomStream): void;

  /** x [batch, …input] → [batch, …output], in tf's functional operations. Whoever calls it tidies. */
  forward(x: tf.Tensor): tf.Tensor;

  /** The trained variables, in a fixed order. The model disposes of them. A name given to a variable is not used. */
  readonly parameters: readonly tf.Variable[];
}

/** A layer whose output is an activation of a weighted input, a = σ(z): `forward(x)` is `activate(weightedInput(x))`. */
export interface WeightedLayer extends Layer {
  /** x → z = x W + b */
  weightedInput(x: tf.Tensor): tf.Tensor;
  /** z → a = σ(z) */
  activate(z: tf.Tensor): tf.Tensor;
}

/** Whether a layer shows its weighted input apart from its activation. */
export function isWeighted(layer: Layer): layer is WeightedLayer {
  return "weightedInput" in layer && "activate" in layer;
}

/** What a report calls a parameter: the layer's field that holds it, or its number where that is private. */
export function parameterName(layer: Layer, parameter: tf.Variable): string {
  const field = Object.entries(layer).find(([, value]) => value === parameter)?.[0];
  return field ?? `parameter_${layer.parameters.indexOf(parameter) + 1}`;
}
