import { expectHyperparameter, expectOptions } from "../src/hyperparameter.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import type { Shape } from "../src/shape.ts";
import { Activation } from "./activation.ts";
import { lastAxisOf } from "./expect-input.ts";
import { readAxis, readConfig } from "./saved/config.ts";

/** Along which axis shares sum to 1. */
export interface SoftmaxOptions {
  /** It must be the last: −1, the default, or its number with the batch as 0. */
  readonly axis?: number;
}

/**
 * Shares of a whole along the last axis, positive and 1 in sum:
 *
 *     a_j = e^{x_j} / Σ_k e^{x_k}
 *
 * x [batch, …, classes] → a of the same shape.
 */
export class Softmax extends Activation {
  static override readonly name: string = "Softmax";

  readonly #axis: number;

  /** @throws HyperparameterError */
  constructor(options: SoftmaxOptions = {}) {
    expectOptions("Softmax", options, ["axis"]);
    const { axis = -1 } = options;
    expectHyperparameter(Number.isSafeInteger(axis), "Softmax", "axis", "a whole number", axis);
    super({ activation: "softmax" });
    this.#axis = axis;
  }

  /** @throws ShapeError if there is no axis but the batch's, or `axis` is not the last */
  override build(inputShape: Shape): void {
    lastAxisOf("Softmax", inputShape, this.#axis);
  }

  override toSaved(): SavedLayer {
    return { className: "Softmax", config: { axis: -1 } };
  }

  /** @throws HyperparameterError */
  static override fromSaved(this: void, saved: JsonObject): Softmax {
    return new Softmax({ axis: readAxis(readConfig("Softmax", saved, { read: ["axis"] })) });
  }
}
