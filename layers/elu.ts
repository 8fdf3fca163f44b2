import * as tf from "@tensorflow/tfjs-core";
import { elu } from "../src/activations.ts";
import { expectHyperparameter, expectOptions, isFloat32FromZero } from "../src/hyperparameter.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import { Activation } from "./activation.ts";
import { readConfig } from "./saved/config.ts";

/** What an exponential linear unit falls to. */
export interface ELUOptions {
  /** α, 0 or more: far below 0 the unit is −α. Default 1. */
  readonly alpha?: number;
}

/**
 * a = x above 0, else α (eˣ − 1), x [batch, …input] → a of the same shape. tfjs-layers opens it with an α of 1 only, and
 * refuses others.
 */
export class ELU extends Activation {
  static override readonly name: string = "ELU";

  readonly alpha: number;

  /** @throws HyperparameterError unless α is a finite number, 0 or more */
  constructor(options: ELUOptions = {}) {
    expectOptions("ELU", options, ["alpha"]);
    const { alpha = 1 } = options;
    expectHyperparameter(isFloat32FromZero(alpha), "ELU", "alpha", "a finite number, 0 or more", alpha);
    // tf.elu has no α. What it is beside relu is 0 above 0, and eˣ − 1 below.
    const scaled = (x: tf.Tensor) => tf.add(tf.relu(x), tf.mul(tf.sub(tf.elu(x), tf.relu(x)), alpha));
    super({ activation: alpha === 1 ? elu : scaled });
    this.alpha = alpha;
  }

  override toSaved(): SavedLayer {
    return { className: "ELU", config: { alpha: this.alpha } };
  }

  /** @throws HyperparameterError */
  static override fromSaved(this: void, saved: JsonObject): ELU {
    return new ELU({ alpha: readConfig("ELU", saved, { read: ["alpha"] }).get("alpha") as number });
  }

  /** `ELU(1)` */
  override toString(): string {
    return `ELU(${this.alpha})`;
  }
}
