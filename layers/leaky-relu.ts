import { leakyRelu } from "../src/activations.ts";
import { expectHyperparameter, expectOptions, isFloat32FromZero } from "../src/hyperparameter.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import { Activation } from "./activation.ts";
import { readConfig } from "./saved/config.ts";

/** How much of what is below 0 a leaky rectifier lets through. */
export interface LeakyReLUOptions {
  /** α, 0 or more. Default 0.3. */
  readonly alpha?: number;
}

/**
 * a = x above 0, else α x, so that no unit dies; x [batch, …input] → a of the same shape. α is 0.3 by default, as in
 * Keras's and tfjs-layers' layer; the activation `"leakyRelu"` has 0.2, as Keras's function, and PyTorch's layer 0.01.
 */
export class LeakyReLU extends Activation {
  static override readonly name: string = "LeakyReLU";

  readonly alpha: number;

  /** @throws HyperparameterError unless α is a finite number, 0 or more */
  constructor(options: LeakyReLUOptions = {}) {
    expectOptions("LeakyReLU", options, ["alpha"]);
    const { alpha = 0.3 } = options;
    expectHyperparameter(isFloat32FromZero(alpha), "LeakyReLU", "alpha", "a finite number, 0 or more", alpha);
    super({ activation: (x) => leakyRelu(x, alpha) });
    this.alpha = alpha;
  }

  override toSaved(): SavedLayer {
    return { className: "LeakyReLU", config: { alpha: this.alpha } };
  }

  /** @throws HyperparameterError */
  static override fromSaved(this: void, saved: JsonObject): LeakyReLU {
    const config = readConfig("LeakyReLU", saved, { read: ["alpha", "negative_slope"] });
    // Keras 3 calls it a slope.
    return new LeakyReLU({ alpha: config.get(config.has("negative_slope") ? "negative_slope" : "alpha") as number });
  }

  /** `LeakyReLU(0.3)` */
  override toString(): string {
    return `LeakyReLU(${this.alpha})`;
  }
}
