import * as tf from "@tensorflow/tfjs-core";
import { expectHyperparameter } from "../src/hyperparameter.ts";
import { Optimizer, type OptimizerOptions, type UpdatedValues } from "../src/optimizer.ts";
import { expectKept } from "../src/rule-options.ts";

/** The rates of plain, momentum or Nesterov descent. */
export interface SGDOptions extends OptimizerOptions {
  /** μ in [0, 1): how much of the velocity is kept from step to step. Default 0, plain descent. */
  readonly momentum?: number;
  /** Whether the step looks ahead along the velocity. Needs a momentum above 0. Default false. */
  readonly nesterov?: boolean;
}

/**
 * Gradient descent, with momentum if asked. Batch, mini-batch or stochastic according to the batches it is fed.
 *
 *     v ← μ v + g
 *     θ ← θ − η v                 Nesterov: θ ← θ − η (g + μ v)
 *
 * θ parameter, g gradient, v velocity, η learningRate, μ momentum. η multiplies v, not g, as in PyTorch: a change of η
 * acts in full on the next step. (Keras keeps η inside the velocity; the two agree until η changes.)
 * Sutskever et al., 2013, https://proceedings.mlr.press/v28/sutskever13.html
 */
export class SGD extends Optimizer<"velocity", "momentum"> {
  static override readonly name: string = "SGD";

  readonly nesterov: boolean;
  #momentum: number;

  /** @throws HyperparameterError for a learning rate not above 0, a momentum outside [0, 1), or Nesterov without one */
  constructor(options: SGDOptions = {}) {
    super(options, ["momentum", "nesterov"]);
    const { momentum = 0, nesterov = false } = options;
    expectHyperparameter(typeof nesterov === "boolean", "SGD", "nesterov", "true or false", nesterov);
    this.nesterov = nesterov;
    this.#momentum = this.#validMomentum(momentum);
  }

  /** μ. May be set in mid-run; it acts from the next step. @throws HyperparameterError as the constructor does */
  get momentum(): number {
    return this.#momentum;
  }

  set momentum(value: number) {
    this.#momentum = this.#validMomentum(value);
  }

  #validMomentum(value: number): number {
    expectKept("SGD", "momentum", value, "0.9");
    const mend = "Nesterov looks ahead along the velocity: give a momentum such as 0.9, or leave nesterov out.";
    expectHyperparameter(!this.nesterov || value > 0, "SGD with nesterov", "momentum", "above 0", value, mend);
    return value;
  }

  override get slots(): Record<string, number> {
    return this.momentum === 0 ? {} : { velocity: 0 };
  }

  override hyperparametersAt(step: number) {
    return { ...super.hyperparametersAt(step), momentum: this.momentum };
  }

  override toConfig() {
    const { momentum, nesterov } = this;
    return { ...super.toConfig(), momentum, nesterov };
  }

  update(
    { parameter, gradient, velocity }: Record<"parameter" | "gradient" | "velocity", tf.Tensor>,
    { learningRate, momentum }: Record<"learningRate" | "momentum", tf.Scalar>,
  ): UpdatedValues {
    if (this.momentum === 0) return { parameter: tf.sub(parameter, tf.mul(learningRate, gradient)) };
    const newVelocity = tf.add(tf.mul(momentum, velocity), gradient);
    const direction = this.nesterov ? tf.add(gradient, tf.mul(momentum, newVelocity)) : newVelocity;
    return { parameter: tf.sub(parameter, tf.mul(learningRate, direction)), velocity: newVelocity };
  }
}
