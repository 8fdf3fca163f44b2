import * as tf from "@tensorflow/tfjs-core";
import { resolveActivation, type Activation, type ActivationLike } from "../src/activations.ts";
import { ShapeError } from "../src/errors.ts";
import { expectHyperparameter, expectOptions, isPositiveInteger } from "../src/hyperparameter.ts";
import { initialValues, type InitializerLike } from "../src/initializers.ts";
import type { WeightedLayer } from "../src/layer.ts";
import type { RandomStream } from "../src/random.ts";
import { resolveRegularizer, type Regularizer, type RegularizerLike } from "../src/regularizers.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import { expectShape, formatShape, type Shape } from "../src/shape.ts";
import { readActivation, savedActivation } from "./saved/activation.ts";
import { readConfig } from "./saved/config.ts";
import { readInitializer, savedInitializer } from "./saved/initializer.ts";
import { readRegularizer, savedRegularizer } from "./saved/regularizer.ts";
import { snakeCase } from "./saved/snake-case.ts";

/** A dense layer's size, activation and first values, and what keeps them small. */
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
  /** What the kernel adds to the loss: `"l2"`, `l1(0.001)`, a function. Default none. */
  readonly kernelRegularizer?: RegularizerLike | undefined;
  /** What the bias adds to the loss. Default none. */
  readonly biasRegularizer?: RegularizerLike | undefined;
}

const optionNames = [
  "units",
  "activation",
  "useBias",
  "kernelInitializer",
  "biasInitializer",
  "kernelRegularizer",
  "biasRegularizer",
];

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
  readonly #kernelRegularizer: Regularizer | undefined;
  readonly #biasRegularizer: Regularizer | undefined;
  readonly #options: DenseOptions;
  kernel: tf.Variable | undefined;
  bias: tf.Variable | undefined;

  /** @throws HyperparameterError unless units is a whole number above 0; UnknownNameError for a name that nothing has */
  constructor(options: DenseOptions) {
    expectOptions("Dense", options, optionNames);
    const { useBias = true, activation = "linear" } = options;
    expectHyperparameter(isPositiveInteger(options.units), "Dense", "units", "a whole number above 0", options.units);
    this.units = options.units;
    expectHyperparameter(typeof useBias === "boolean", "Dense", "useBias", "true or false", useBias);
    this.useBias = useBias;
    this.#activation = resolveActivation(activation);
    const { kernelRegularizer, biasRegularizer } = options;
    this.#kernelRegularizer = kernelRegularizer === undefined ? undefined : resolveRegularizer(kernelRegularizer);
    this.#biasRegularizer = biasRegularizer === undefined ? undefined : resolveRegularizer(biasRegularizer);
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

  /** What the regularizers make of kernel and bias, in sum, for training to add to the loss. Undefined for none. */
  penalty(): tf.Scalar | undefined {
    const { kernel, bias } = this;
    const penalties = [
      kernel === undefined ? undefined : this.#kernelRegularizer?.(kernel),
      bias === undefined ? undefined : this.#biasRegularizer?.(bias),
    ].filter((penalty) => penalty !== undefined);
    return penalties.length === 0 ? undefined : tf.addN(penalties);
  }

  /**
   * tfjs-layers opens it with any activation but `"leakyRelu"`, which it does not have: there a `LeakyReLU` follows.
   *
   * @throws HyperparameterError for an activation or a regularizer that is a function of one's own
   */
  toSaved(): SavedLayer {
    const who = this.toString();
    const { activation = "linear", kernelInitializer = "glorotUniform", biasInitializer = "zeros" } = this.#options;
    const config = {
      units: this.units,
      activation: savedActivation(who, activation),
      use_bias: this.useBias,
      kernel_initializer: savedInitializer(kernelInitializer),
      bias_initializer: savedInitializer(biasInitializer),
      kernel_regularizer: savedRegularizer(who, this.#kernelRegularizer),
      bias_regularizer: savedRegularizer(who, this.#biasRegularizer),
    };
    return { className: "Dense", config };
  }

  /** @throws HyperparameterError, UnknownNameError for what makes no sense, and for constraints */
  static fromSaved(this: void, saved: JsonObject): Dense {
    const who = "A saved Dense";
    const config = readConfig("Dense", saved, { read: optionNames.map(snakeCase) });
    return new Dense({
      units: config.get("units") as number,
      activation: readActivation(who, config.get("activation")),
      useBias: config.get("use_bias") as boolean,
      kernelInitializer: readInitializer(who, "kernel_initializer", config.get("kernel_initializer")),
      biasInitializer: readInitializer(who, "bias_initializer", config.get("bias_initializer")),
      kernelRegularizer: readRegularizer(who, "kernel_regularizer", config.get("kernel_regularizer")),
      biasRegularizer: readRegularizer(who, "bias_regularizer", config.get("bias_regularizer")),
    });
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
