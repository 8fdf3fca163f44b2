import * as tf from "@tensorflow/tfjs-core";
import { Optimizer, type OptimizerOptions, type UpdatedValues } from "rivulet";

/**
 * A rule of one's own: steps of one size, in the direction that gradient and memory agree on.
 *
 *     θ ← θ − η sign(β₁ m + (1 − β₁) g)
 *     m ← β₂ m + (1 − β₂) g
 *
 * θ parameter, g gradient, m mean, η learningRate.
 * Chen et al., 2023, https://arxiv.org/abs/2302.06675
 */
export class Lion extends Optimizer<"mean", "beta1" | "beta2"> {
  static override readonly name: string = "Lion";

  readonly beta1: number;
  readonly beta2: number;

  constructor(options: OptimizerOptions & { readonly beta1?: number; readonly beta2?: number } = {}) {
    super(options, ["beta1", "beta2"]);
    const { beta1 = 0.9, beta2 = 0.99 } = options;
    this.beta1 = beta1;
    this.beta2 = beta2;
  }

  override get slots() {
    return { mean: 0 };
  }

  override hyperparametersAt(step: number) {
    const { beta1, beta2 } = this;
    return { ...super.hyperparametersAt(step), beta1, beta2 };
  }

  update(
    { parameter, gradient, mean }: Record<"parameter" | "gradient" | "mean", tf.Tensor>,
    { learningRate, beta1, beta2 }: Record<"learningRate" | "beta1" | "beta2", tf.Scalar>,
  ): UpdatedValues {
    const between = (part: tf.Scalar) => tf.add(tf.mul(part, mean), tf.mul(tf.sub(1, part), gradient));
    const direction = tf.sign(between(beta1));
    return { parameter: tf.sub(parameter, tf.mul(learningRate, direction)), mean: between(beta2) };
  }
}
