import * as tf from "@tensorflow/tfjs-core";
import { resolveActivation, type Activation, type ActivationLike } from "../src/activations.ts";
import { ShapeError } from "../src/errors.ts";
import { expectHyperparameter, expectOptions, isPositiveInteger } from "../src/hyperparameter.ts";
import { initialValues, type InitializerLike } from "../src/initializers.ts";
import type { WeightedLayer } from "../src/layer.ts";
import type { RandomStream } from "../src/random.ts";
import { expectShape, formatShape, type Shape } from "../src/shape.ts";

/** A dense layer's size, activation and first values. */
export interface DenseOptions {
  /** Outputs of the layer. */
  readonly units: number;
  /** σ: a name, or a function of z. Default `"linear"`. */
  readonly activation?: ActivationLike;
  /** The kernel's first values [inputs, units]: a name, a function, or the values. Default `"glorotUniform"`. */
  readonly kernelInitializer?: InitializerLike;
  /** The bias's first values [units]. Default `"zeros"`. */
  readonly biasInitializer?: InitializerLike;
  /** Default true. */
  readonly useBias?: boolean;
}

/**
 * Every output reads every input:
 *
 *     z = x W + b
 *     a = σ(z)
 *
 * x [batch, inputs] → a [batch, units], with W kernel [inputs, units] and b bias [units]. Defaults are Keras's.
 */
export class Dense implements WeightedLayer {
  static readonly name: string = "Dense";

  readonly units: number;
  readonly useBias: boolean;
  readonly #activation: Activation;
  readonly #options: DenseOptions;
  kernel: tf.Variable | undefined;
  bias: tf.Variable | undefined;

  /** @throws HyperparameterError unless units is a whole number above 0; UnknownNameError for an unknown activation */
  constructor(options: DenseOptions) {
    expectOptions("Dense", options, ["units", "activation", "kernelInitializer", "biasInitializer", "useBias"]);
    const { useBias = true, activation = "linear" } = options;
    expectHyperparameter(isPositiveInteger(options.units), "Dense", "units", "a whole number above 0", options.units);
    this.units = options.units;
    expectHyperparameter(typeof useBias === "boolean", "Dense", "useBias", "true or false", useBias);
    this.useBias = useBias;
    this.#activation = resolveActivation(activation);
    this.#options = options;
  }

  get parameters(): readonly tf.Variable[] {
    return [this.kernel, this.bias].filter((parameter) => parameter !== undefined);
  }

  build(inputShape: Shape, random: RandomStream): void {
    const [inputs] = inputShape;
    if (inputs === undefined || inputShape.length !== 1) {
      const message = `Dense(${this.units} units) expects a flat input [batch, inputs], got ${formatShape([null, ...inputShape])}.`;
      throw new ShapeError(`${message} Flatten it to one axis first.`, [null, null], inputShape);
    }
    const { kernelInitializer = "glorotUniform", biasInitializer = "zeros" } = this.#options;
    const make = (name: string, initializer: InitializerLike, shape: number[]) => {
      const who = `Dense(${inputs} → ${this.units})'s ${name}`;
      const values = initialValues(who, initializer, shape, random.split(name));
      return tf.tidy(() => tf.variable(tf.tensor(values, shape, "float32")));
    };
    this.kernel = make("kernel", kernelInitializer, [inputs, this.units]);
    if (this.useBias) this.bias = make("bias", biasInitializer, [this.units]);
  }

  /** @throws ShapeError unless x is [batch, inputs] */
  forward(x: tf.Tensor): tf.Tensor {
    return this.activate(this.weightedInput(x));
  }

  weightedInput(x: tf.Tensor): tf.Tensor {
    const { kernel, bias } = this;
    if (kernel === undefined)
      throw new ShapeError("Dense has no kernel yet: it is made when a model takes the layer.", [], []);
    if (x.rank !== 2 || x.shape[1] !== kernel.shape[0])
      expectShape(String(this), "input", [null, kernel.shape[0]], x.shape);
    const product = tf.matMul(x, kernel);
    return bias === undefined ? product : tf.add(product, bias);
  }

  activate(z: tf.Tensor): tf.Tensor {
    return this.#activation(z);
  }

  /** `Dense(3 → 2, sigmoid)` */
  toString(): string {
    const { activation = "linear" } = this.#options;
    const activationName = typeof activation === "string" ? activation : activation.name;
    const units = `${this.kernel?.shape[0] ?? "…"} → ${this.units}`;
    return activationName === "linear" || activationName === ""
      ? `Dense(${units})`
      : `Dense(${units}, ${activationName})`;
  }
}
