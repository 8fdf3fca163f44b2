import * as tf from "@tensorflow/tfjs-core";
import { ShapeError } from "../src/errors.ts";
import { expectHyperparameter, expectOptions, isPositiveInteger } from "../src/hyperparameter.ts";
import type { Layer } from "../src/layer.ts";
import type { Json, JsonObject, SavedLayer } from "../src/saved-layer.ts";
import { formatShape, sizeOf, type Shape } from "../src/shape.ts";
import { expectInput } from "./expect-input.ts";
import { readConfig } from "./saved/config.ts";

/** What a reshaping layer makes of a sample. */
export interface ReshapeOptions {
  /** A sample's new shape, without the batch axis. One size may be −1: what the others leave. */
  readonly targetShape: Shape;
}

/** The same numbers in another shape, row by row: x [batch, …input] → [batch, …targetShape]. */
export class Reshape implements Layer {
  static readonly name: string = "Reshape";

  readonly targetShape: Shape;
  readonly parameters: readonly tf.Variable[] = [];
  #inputShape: Shape | undefined;
  #outputShape: Shape = [];

  /** @throws HyperparameterError unless the target is an array of whole numbers above 0, one of them −1 at most */
  constructor(options: ReshapeOptions) {
    expectOptions("Reshape", options, ["targetShape"]);
    const { targetShape } = options;
    const isTarget =
      Array.isArray(targetShape) &&
      targetShape.every((size) => isPositiveInteger(size) || size === -1) &&
      targetShape.filter((size) => size === -1).length <= 1;
    const expected = "an array of whole numbers above 0, one of them −1 at most";
    expectHyperparameter(isTarget, "Reshape", "targetShape", expected, targetShape);
    this.targetShape = [...targetShape];
  }

  /** @throws ShapeError unless a sample's numbers fill the target */
  build(inputShape: Shape): void {
    const size = sizeOf(inputShape);
    const known = sizeOf(this.targetShape.filter((length) => length !== -1));
    const hasRest = this.targetShape.includes(-1);
    if (hasRest ? size % known !== 0 : size !== known) {
      const wanted = hasRest ? `a multiple of ${known}` : known;
      const message = `${this.toString()} expects samples of ${wanted} values, got ${formatShape([null, ...inputShape])}, ${size} a sample.`;
      throw new ShapeError(
        message,
        this.targetShape.map((length) => (length === -1 ? null : length)),
        inputShape,
      );
    }
    this.#inputShape = inputShape;
    this.#outputShape = this.targetShape.map((length) => (length === -1 ? size / known : length));
  }

  /** @throws ShapeError unless x is what the layer was built for */
  forward(x: tf.Tensor): tf.Tensor {
    expectInput(this, this.#inputShape, x);
    return tf.reshape(x, [x.shape[0], ...this.#outputShape]);
  }

  toSaved(): SavedLayer {
    return { className: "Reshape", config: { target_shape: this.targetShape } };
  }

  /** @throws HyperparameterError for what is no shape */
  static fromSaved(this: void, saved: JsonObject): Reshape {
    const shape = readConfig("Reshape", saved, { read: ["target_shape"] }).get("target_shape");
    // tfjs-layers writes null for −1.
    const targetShape = Array.isArray(shape) ? shape.map((size: Json) => size ?? -1) : shape;
    return new Reshape({ targetShape: targetShape as Shape });
  }

  /** `Reshape([2, 3])` */
  toString(): string {
    return `Reshape([${this.targetShape.join(", ")}])`;
  }
}
