import * as tf from "@tensorflow/tfjs-core";
import type { Layer } from "../src/layer.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import { sizeOf, type Shape } from "../src/shape.ts";
import { expectInput } from "./expect-input.ts";
import { readConfig } from "./saved/config.ts";

/** One axis of all a sample's numbers, row by row: x [batch, a, b, …] → [batch, a · b · …]. What `Dense` wants. */
export class Flatten implements Layer {
  static readonly name: string = "Flatten";

  readonly parameters: readonly tf.Variable[] = [];
  #inputShape: Shape | undefined;

  build(inputShape: Shape): void {
    this.#inputShape = inputShape;
  }

  /** @throws ShapeError unless x is what the layer was built for */
  forward(x: tf.Tensor): tf.Tensor {
    expectInput(this, this.#inputShape, x);
    return tf.reshape(x, [x.shape[0], sizeOf(this.#inputShape)]);
  }

  toSaved(): SavedLayer {
    const shape = this.#inputShape;
    // tfjs-layers' Flatten refuses an input that is flat already.
    if (shape !== undefined && shape.length < 2)
      return { className: "Reshape", config: { target_shape: [sizeOf(shape)] } };
    return { className: "Flatten", config: { data_format: "channels_last" } };
  }

  /** @throws HyperparameterError for channels that come first, whose order of numbers is another */
  static fromSaved(this: void, saved: JsonObject): Flatten {
    readConfig("Flatten", saved, { only: { data_format: "channels_last" } });
    return new Flatten();
  }

  /** `Flatten` */
  toString(): string {
    return "Flatten";
  }
}
