import * as tf from "@tensorflow/tfjs-core";
import { expectHyperparameter } from "../src/hyperparameter.ts";
import { Optimizer, type OptimizerOptions, type UpdatedValues } from "../src/optimizer.ts";
import { expectEpsilon, expectKept } from "../src/rule-options.ts";

/** The rates of RMSProp. */
export interface RMSPropOptions extends OptimizerOptions {
  /** ρ in [0, 1): how much of the means is kept from step to step. Default 0.9. */
  readonly rho?: number;
  /** μ in [0, 1): how much of the velocity is kept. Default 0, none. */
  readonly momentum?: number;
  /** ε, above 0. Default 1e-7. */
  readonly epsilon?: number;
  /** Whether g is scaled by its standard deviation, not by its root mean square. Default false. */
  readonly centered?: boolean;
}

type Slot = "meanSquare" | "mean" | "velocity";
type Hyperparameter = "rho" | "oneMinusRho" | "momentum" | "epsilon";

/**
 * Descent that scales each weight's gradient by its running root mean square, with momentum and centered if asked:
 *
 *     s ← ρ s + (1 − ρ) g²
 *     θ ← θ − η g / √(s + ε)
 *
 *     momentum:   v ← μ v + η g / √(s + ε),   θ ← θ − v
 *     centered:   ḡ ← ρ ḡ + (1 − ρ) g,   and max(0, s − ḡ²) in the place of s under the root
 *
 * θ parameter, g gradient, s meanSquare, ḡ mean, v velocity, η learningRate, default 0.001. As in Keras and tfjs, ε stands
 * inside the root and η inside the velocity: after a change of η, what is in v keeps the old one. s − ḡ² is a variance,
 * which rounding alone brings below 0, when gradients hardly vary; Keras and tfjs then give NaN.
 * Tieleman and Hinton, 2012, lecture 6e of Neural Networks for Machine Learning; centered: Graves, 2013,
 * https://arxiv.org/abs/1308.0850
 */
export class RMSProp extends Optimizer<Slot, Hyperparameter> {
  static override readonly name: string = "RMSProp";

  readonly epsilon: number;
  readonly centered: boolean;
  #rho: number;
  #momentum: number;

  /** @throws HyperparameterError */
  constructor(options: RMSPropOptions = {}) {
    super(options, ["rho", "momentum", "epsilon", "centered"], { learningRate: 0.001 });
    const { rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false } = options;
    this.#rho = expectKept("RMSProp", "rho", rho, "0.9");
    this.#momentum = expectKept("RMSProp", "momentum", momentum, "0.9");
    this.epsilon = expectEpsilon("RMSProp", epsilon);
    expectHyperparameter(typeof centered === "boolean", "RMSProp", "centered", "true or false", centered);
    this.centered = centered;
  }

  /** ρ. May be set in mid-run; it acts from the next step. @throws HyperparameterError outside [0, 1) */
  get rho(): number {
    return this.#rho;
  }

  set rho(value: number) {
    this.#rho = expectKept("RMSProp", "rho", value, "0.9");
  }

  /** μ. May be set in mid-run; it acts from the next step. @throws HyperparameterError outside [0, 1) */
  get momentum(): number {
    return this.#momentum;
  }

  set momentum(value: number) {
    this.#momentum = expectKept("RMSProp", "momentum", value, "0.9");
  }

  override get slots(): Record<string, number> {
    return {
      meanSquare: 0,
      ...(this.centered ? { mean: 0 } : {}),
      ...(this.momentum === 0 ? {} : { velocity: 0 }),
    };
  }

  override hyperparametersAt(step: number) {
    const { rho, momentum, epsilon } = this;
    return { ...super.hyperparametersAt(step), rho, oneMinusRho: 1 - rho, momentum, epsilon };
  }

  override toConfig() {
    const { rho, momentum, epsilon, centered } = this;
    return { ...super.toConfig(), rho, momentum, epsilon, centered };
  }

  update(
    { parameter, gradient, meanSquare, mean, velocity }: Record<"parameter" | "gradient" | Slot, tf.Tensor>,
    { learningRate, rho, oneMinusRho, momentum, epsilon }: Record<"learningRate" | Hyperparameter, tf.Scalar>,
  ): UpdatedValues {
    const average = (old: tf.Tensor, value: tf.Tensor) => tf.add(tf.mul(rho, old), tf.mul(oneMinusRho, value));
    const newMeanSquare = average(meanSquare, tf.square(gradient));
    const newMean = this.centered ? average(mean, gradient) : undefined;
    const power = newMean === undefined ? newMeanSquare : tf.relu(tf.sub(newMeanSquare, tf.square(newMean)));
    const step = tf.mul(learningRate, tf.div(gradient, tf.sqrt(tf.add(power, epsilon))));
    const newVelocity = this.momentum === 0 ? undefined : tf.add(tf.mul(momentum, velocity), step);
    return {
      parameter: tf.sub(parameter, newVelocity ?? step),
      meanSquare: newMeanSquare,
      ...(newMean && { mean: newMean }),
      ...(newVelocity && { velocity: newVelocity }),
    };
  }
}
