import * as tf from "@tensorflow/tfjs-core";
import { Optimizer, type OptimizerDefaults, type OptimizerOptions, type UpdatedValues } from "../src/optimizer.ts";
import { expectEpsilon, expectKept } from "../src/rule-options.ts";

/** The rates of Adam and AdamW. */
export interface AdamOptions extends OptimizerOptions {
  /** β₁ in [0, 1): how much of the mean gradient is kept from step to step. Default 0.9. */
  readonly beta1?: number;
  /** β₂ in [0, 1): how much of the mean square is kept. Default 0.999. */
  readonly beta2?: number;
  /** ε, above 0. Default 1e-7. */
  readonly epsilon?: number;
}

type Slot = "firstMoment" | "secondMoment";
type Hyperparameter = "stepSize" | "beta1" | "oneMinusBeta1" | "beta2" | "oneMinusBeta2" | "scaledEpsilon";

/**
 * Descent along the mean gradient, scaled by the root mean square, both corrected for starting at 0:
 *
 *     m ← β₁ m + (1 − β₁) g               m̂ = m / (1 − β₁ᵗ)
 *     v ← β₂ v + (1 − β₂) g²              v̂ = v / (1 − β₂ᵗ)
 *     θ ← θ − η m̂ / (√v̂ + ε)
 *
 * θ parameter, g gradient, m firstMoment, v secondMoment, η learningRate, default 0.001, t the parameter's step, from 1.
 * With the corrections in the rates, as the paper proposes, which are worked out in float64, the same is
 *
 *     θ ← θ − α m / (√v + ε′),   α = η √(1 − β₂ᵗ) / (1 − β₁ᵗ),   ε′ = ε √(1 − β₂ᵗ)
 *
 * So ε stands where PyTorch has it, beside √v̂. (Keras and tfjs put ε itself in the place of ε′, which weighs more in the
 * first steps.) After a change of β the corrections are those of the new β throughout, as in both.
 * Kingma and Ba, 2015, https://arxiv.org/abs/1412.6980
 */
export class Adam extends Optimizer<Slot, Hyperparameter> {
  static override readonly name: string = "Adam";

  readonly epsilon: number;
  #beta1: number;
  #beta2: number;

  /**
   * @param defaults those of a rule that extends this one
   * @throws HyperparameterError
   */
  constructor(options: AdamOptions = {}, defaults: OptimizerDefaults = { learningRate: 0.001 }) {
    super(options, ["beta1", "beta2", "epsilon"], defaults);
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
    this.#beta1 = expectKept(new.target.name, "beta1", beta1, "0.9");
    this.#beta2 = expectKept(new.target.name, "beta2", beta2, "0.999");
    this.epsilon = expectEpsilon(new.target.name, epsilon);
  }

  /** β₁. May be set in mid-run; it acts from the next step. @throws HyperparameterError outside [0, 1) */
  get beta1(): number {
    return this.#beta1;
  }

  set beta1(value: number) {
    this.#beta1 = expectKept(this.constructor.name, "beta1", value, "0.9");
  }

  /** β₂. May be set in mid-run; it acts from the next step. @throws HyperparameterError outside [0, 1) */
  get beta2(): number {
    return this.#beta2;
  }

  set beta2(value: number) {
    this.#beta2 = expectKept(this.constructor.name, "beta2", value, "0.999");
  }

  override get slots(): Record<string, number> {
    return { firstMoment: 0, secondMoment: 0 };
  }

  override hyperparametersAt(step: number) {
    const { learningRate } = super.hyperparametersAt(step);
    const { beta1, beta2, epsilon } = this;
    const rootCorrection = Math.sqrt(1 - beta2 ** step);
    return {
      learningRate,
      stepSize: (learningRate * rootCorrection) / (1 - beta1 ** step),
      beta1,
      oneMinusBeta1: 1 - beta1,
      beta2,
      oneMinusBeta2: 1 - beta2,
      scaledEpsilon: epsilon * rootCorrection,
    };
  }

  override toConfig() {
    const { beta1, beta2, epsilon } = this;
    return { ...super.toConfig(), beta1, beta2, epsilon };
  }

  update(
    { parameter, gradient, firstMoment, secondMoment }: Record<"parameter" | "gradient" | Slot, tf.Tensor>,
    rates: Record<"learningRate" | Hyperparameter, tf.Scalar>,
  ): UpdatedValues {
    const { stepSize, beta1, oneMinusBeta1, beta2, oneMinusBeta2, scaledEpsilon } = rates;
    const newFirst = tf.add(tf.mul(beta1, firstMoment), tf.mul(oneMinusBeta1, gradient));
    const newSecond = tf.add(tf.mul(beta2, secondMoment), tf.mul(oneMinusBeta2, tf.square(gradient)));
    const direction = tf.div(newFirst, tf.add(tf.sqrt(newSecond), scaledEpsilon));
    return {
      parameter: tf.sub(parameter, tf.mul(stepSize, direction)),
      firstMoment: newFirst,
      secondMoment: newSecond,
    };
  }
}
