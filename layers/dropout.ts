import * as tf from "@tensorflow/tfjs-core";
import { expectHyperparameter, expectOptions } from "../src/hyperparameter.ts";
import type { Layer } from "../src/layer.ts";
import type { RandomStream } from "../src/random.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import type { Shape } from "../src/shape.ts";
import type { TrainingPass } from "../src/training-pass.ts";
import { expectInput } from "./expect-input.ts";
import { readConfig } from "./saved/config.ts";

/** How much a dropout layer drops. */
export interface DropoutOptions {
  /** p: the probability that an input is dropped, from 0 up to 1, 1 excluded. */
  readonly rate: number;
}

/**
 * Drops inputs at random while it trains, others in each step, so that no unit comes to rely on another:
 *
 *     aᵢ = xᵢ mᵢ / (1 − p),   mᵢ = 1 where uᵢ ≥ p, else 0,   uᵢ from U(0, 1)
 *
 * x [batch, …input] → a of the same shape, p rate. What is kept is scaled up in training, as in Keras and PyTorch, so
 * that the expected value of a is x and a prediction is x itself. The mask follows from the model's seed, the layer's
 * place and the step's number: the same to the bit on every backend.
 * Srivastava et al., 2014, https://jmlr.org/papers/v15/srivastava14a.html
 */
export class Dropout implements Layer {
  static readonly name: string = "Dropout";

  readonly rate: number;
  readonly parameters: readonly tf.Variable[] = [];
  #random: RandomStream | undefined;
  #inputShape: Shape | undefined;

  /** @throws HyperparameterError unless the rate is a number from 0 up to 1, 1 excluded */
  constructor(options: DropoutOptions) {
    expectOptions("Dropout", options, ["rate"]);
    const { rate } = options;
    const isShare = typeof rate === "number" && rate >= 0 && rate < 1;
    expectHyperparameter(isShare, "Dropout", "rate", "a number from 0 up to 1, 1 excluded", rate);
    this.rate = rate;
  }

  build(inputShape: Shape, random: RandomStream): void {
    this.#inputShape = inputShape;
    this.#random = random;
  }

  /** @throws ShapeError unless x is what the layer was built for */
  forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor {
    expectInput(this, this.#inputShape, x);
    if (training === undefined || this.#random === undefined || this.rate === 0) return x;
    const mask = tf.cast(tf.greaterEqual(training.uniform(this.#random, x.shape), this.rate), "float32");
    // Multiplied, not divided: GPUs round a quotient as they like.
    return tf.mul(tf.mul(x, 1 / (1 - this.rate)), mask);
  }

  toSaved(): SavedLayer {
    return { className: "Dropout", config: { rate: this.rate, noise_shape: null, seed: null } };
  }

  /** @throws HyperparameterError for a noise shape, and for what makes no sense */
  static fromSaved(this: void, saved: JsonObject): Dropout {
    // What is drawn follows from the model's seed, not from the layer's own.
    const config = readConfig("Dropout", saved, { read: ["rate"], ignored: ["seed"] });
    return new Dropout({ rate: config.get("rate") as number });
  }

  /** `Dropout(0.5)` */
  toString(): string {
    return `Dropout(${this.rate})`;
  }
}
