import type * as tf from "@tensorflow/tfjs-core";
import type { RandomStream } from "./random.ts";
import type { SavedLayer } from "./saved-layer.ts";
import type { Shape } from "./shape.ts";
import type { TrainingPass } from "./training-pass.ts";

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

  /**
   * x [batch, …input] → [batch, …output], in tf's functional operations. Whoever calls it tidies.
   *
   * @param training given in a training step only: a layer such as Dropout does nothing without it
   */
  forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor;

  /** The trained variables, in a fixed order. The model disposes of them. A name given to a variable is not used. */
  readonly parameters: readonly tf.Variable[];

  /**
   * Variables that belong to the layer but are not trained, such as moving means: `training.update` changes them. The
   * model saves them and disposes of them.
   */
  readonly state?: readonly tf.Variable[];

  /** What the layer adds to the loss, such as λ Σ w². Undefined for nothing. Whoever calls it tidies. */
  penalty?(): tf.Scalar | undefined;

  /** The layer as files have it, without its weights. A model is saved only where every layer can tell. */
  toSaved?(): SavedLayer;

  /** What files call a variable where not by its field in snake case: `{ mean: "moving_mean" }`. */
  readonly savedNames?: Readonly<Record<string, string>>;
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

/** The variables of a layer that are not trained. */
export function stateOf(layer: Layer): readonly tf.Variable[] {
  return layer.state ?? [];
}

/** What a report calls a variable: the layer's field that holds it, or its number where that is private. */
export function variableName(layer: Layer, variable: tf.Variable): string {
  const field = Object.entries(layer).find(([, value]) => value === variable)?.[0];
  if (field !== undefined) return field;
  const parameter = layer.parameters.indexOf(variable);
  return parameter < 0 ? `state_${stateOf(layer).indexOf(variable) + 1}` : `parameter_${parameter + 1}`;
}
