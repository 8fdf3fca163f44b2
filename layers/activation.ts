import type * as tf from "@tensorflow/tfjs-core";
import { resolveActivation, type Activation as ActivationFunction, type ActivationLike } from "../src/activations.ts";
import { expectHyperparameter, expectOptions } from "../src/hyperparameter.ts";
import type { Layer } from "../src/layer.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import type { Shape } from "../src/shape.ts";
import { readActivation, savedActivation } from "./saved/activation.ts";
import { readConfig } from "./saved/config.ts";

/** Which activation a layer applies. */
export interface ActivationOptions {
  /** σ: a name, or a function of x in tf operations. */
  readonly activation: ActivationLike;
}

/**
 * An activation as a layer of its own, for where it does not follow on a `Dense`:
 *
 *     a = σ(x)
 *
 * x [batch, …input] → a of the same shape, unless a function of one's own makes it another.
 */
export class Activation implements Layer {
  static readonly name: string = "Activation";

  readonly parameters: readonly tf.Variable[] = [];
  readonly #activation: ActivationFunction;
  readonly #given: ActivationLike;

  /** @throws UnknownNameError for an unknown activation, HyperparameterError for what is none */
  constructor(options: ActivationOptions) {
    expectOptions("Activation", options, ["activation"]);
    this.#activation = resolveActivation(options.activation);
    this.#given = options.activation;
  }

  build(_inputShape: Shape): void {}

  forward(x: tf.Tensor): tf.Tensor {
    return this.#activation(x);
  }

  /** @throws HyperparameterError for a function of one's own */
  toSaved(): SavedLayer {
    return { className: "Activation", config: { activation: savedActivation(this.toString(), this.#given) } };
  }

  /** @throws HyperparameterError, UnknownNameError */
  static fromSaved(this: void, saved: JsonObject): Activation {
    const name = readConfig("Activation", saved, { read: ["activation"] }).get("activation");
    expectHyperparameter(typeof name === "string", "A saved Activation", "activation", "a name", name);
    return new Activation({ activation: readActivation("A saved Activation", name) });
  }

  /** `Activation(sigmoid)`, or `Sigmoid` for what is called so */
  toString(): string {
    const { name } = this.constructor;
    if (name !== "Activation") return name;
    const given = typeof this.#given === "string" ? this.#given : this.#given.name;
    return given === "" ? name : `${name}(${given})`;
  }
}
