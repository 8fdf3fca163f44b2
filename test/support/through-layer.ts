import * as tf from "@tensorflow/tfjs-core";
import { RandomStream, type Layer, type Model, type NestedNumbers, type Shape, type TrainingPass } from "rivulet";
import { variableName } from "../../src/layer.ts";
import { TrainingPass as Pass } from "../../src/training-pass.ts";

/**
 * One layer as a model whose parameters are its input and the layer's own: `checkGradients` on it is about the gradients
 * that flow through the layer too. The x that it is given says only how many samples there are.
 */
export class ThroughLayer<Through extends Layer = Layer> implements Model {
  readonly input: tf.Variable;
  readonly isDisposed = false;
  readonly #training: TrainingPass | undefined;

  /** @param step if given, the layer runs as in the training step of that number */
  constructor(
    readonly layer: Through,
    input: NestedNumbers,
    step?: number,
  ) {
    this.input = tf.tidy(() => tf.variable(tf.tensor(input as tf.TensorLike, undefined, "float32")));
    build(layer, this.input.shape.slice(1));
    this.#training = step === undefined ? undefined : new Pass(step);
  }

  get parameters(): readonly tf.Variable[] {
    return [this.input, ...this.layer.parameters];
  }

  forward(): tf.Tensor {
    return this.layer.forward(this.input, this.#training);
  }

  nameOf(parameter: tf.Variable): string {
    return parameter === this.input ? "input" : variableName(this.layer, parameter);
  }

  [Symbol.dispose](): void {
    this.#training?.dispose();
    tf.dispose([...this.parameters, ...(this.layer.state ?? [])]);
  }
}

/** Builds a layer outside a model, as the first layer of a model with that seed. */
export function build<Built extends Layer>(layer: Built, inputShape: Shape, seed = 0): Built {
  tf.tidy(() => layer.build(inputShape, new RandomStream(seed, "layer", 0)));
  return layer;
}
