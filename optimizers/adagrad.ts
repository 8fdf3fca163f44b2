import * as tf from "@tensorflow/tfjs-core";
import { expectHyperparameter, isFloat32FromZero } from "../src/hyperparameter.ts";
import { Optimizer, type OptimizerOptions, type UpdatedValues } from "../src/optimizer.ts";
import { expectEpsilon } from "../src/rule-options.ts";

/** The rates of Adagrad. */
export interface AdagradOptions extends OptimizerOptions {
  /** a₀, 0 or more: what the sum of squares starts from. Default 0.1. */
  readonly initialAccumulator?: number;
  /** ε, above 0. Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * Descent whose rate falls for each weight by the gradients that it has seen, so that rare features keep a large one:
 *
 *     a ← a + g²
 *     θ ← θ − η g / √(a + ε)
 *
 * θ parameter, g gradient, a accumulator, η learningRate, default 0.001. ε stands inside the root and a starts at 0.1, as
 * in Keras and tfjs; in PyTorch ε stands outside, and a starts at 0.
 * Duchi et al., 2011, https://jmlr.org/papers/v12/duchi11a.html
 */
export class Adagrad extends Optimizer<"accumulator", "epsilon"> {
  static override readonly name: string = "Adagrad";

  readonly initialAccumulator: number;
  readonly epsilon: number;

  /** @throws HyperparameterError */
  constructor(options: AdagradOptions = {}) {
    super(options, ["initialAccumulator", "epsilon"], { learningRate: 0.001 });
    const { initialAccumulator = 0.1, epsilon = 1e-7 } = options;
    const valid = isFloat32FromZero(initialAccumulator);
    expectHyperparameter(valid, "Adagrad", "initialAccumulator", "a finite number, 0 or more", initialAccumulator);
    this.initialAccumulator = initialAccumulator;
    this.epsilon = expectEpsilon("Adagrad", epsilon);
  }

  override get slots(): Record<string, number> {
    return { accumulator: this.initialAccumulator };
  }

  override hyperparametersAt(step: number) {
    return { ...super.hyperparametersAt(step), epsilon: this.epsilon };
  }

  override toConfig() {
    const { initialAccumulator, epsilon } = this;
    return { ...super.toConfig(), initialAccumulator, epsilon };
  }

  update(
    { parameter, gradient, accumulator }: Record<"parameter" | "gradient" | "accumulator", tf.Tensor>,
    { learningRate, epsilon }: Record<"learningRate" | "epsilon", tf.Scalar>,
  ): UpdatedValues {
    const newAccumulator = tf.add(accumulator, tf.square(gradient));
    const direction = tf.div(gradient, tf.sqrt(tf.add(newAccumulator, epsilon)));
    return { parameter: tf.sub(parameter, tf.mul(learningRate, direction)), accumulator: newAccumulator };
  }
}
