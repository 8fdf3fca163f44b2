import * as tf from "@tensorflow/tfjs-core";
import { expectHyperparameter, isPositiveFloat32 } from "../src/hyperparameter.ts";
import type { Layer } from "../src/layer.ts";
import type { Json } from "../src/saved-layer.ts";
import type { Shape } from "../src/shape.ts";
import type { TrainingPass } from "../src/training-pass.ts";
import { lastAxisOf } from "./expect-input.ts";
import { readAxis } from "./saved/config.ts";

/** What layers that normalise have in common. */
export interface ScaledAndShiftedOptions {
  /** ε, added to the variance under the root. Default 1e-3, as in Keras; PyTorch has 1e-5. */
  readonly epsilon?: number;
  /** Whether to add β. Default true. */
  readonly center?: boolean;
  /** Whether to multiply by γ. Default true. */
  readonly scale?: boolean;
  /** The axis of the features, which must be the last: −1, the default, or its number with the batch as 0. */
  readonly axis?: number;
}

/** The options' names. */
export const scaledAndShiftedOptions = ["epsilon", "center", "scale", "axis"];

/**
 * The end of a layer that normalises: every feature, along the last axis, gets a scale and a shift that are trained.
 *
 *     y = γ (x − μ) / √(σ² + ε) + β
 *
 * γ gamma [features], from 1; β beta [features], from 0. Which μ and σ² it is, the layer says.
 * tfjs-layers opens such a layer where a sample has up to three axes.
 */
export abstract class ScaledAndShifted implements Layer {
  static readonly name: string = "ScaledAndShifted";

  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly #axis: number;
  protected inputShape: Shape | undefined;
  gamma: tf.Variable | undefined;
  beta: tf.Variable | undefined;

  /** @throws HyperparameterError */
  constructor({ epsilon = 1e-3, center = true, scale = true, axis = -1 }: ScaledAndShiftedOptions) {
    const { name } = this.constructor;
    expectHyperparameter(isPositiveFloat32(epsilon), name, "epsilon", "a finite number above 0", epsilon);
    expectHyperparameter(typeof center === "boolean", name, "center", "true or false", center);
    expectHyperparameter(typeof scale === "boolean", name, "scale", "true or false", scale);
    expectHyperparameter(Number.isSafeInteger(axis), name, "axis", "a whole number", axis);
    this.epsilon = epsilon;
    this.center = center;
    this.scale = scale;
    this.#axis = axis;
  }

  get parameters(): readonly tf.Variable[] {
    return [this.gamma, this.beta].filter((parameter) => parameter !== undefined);
  }

  /** @throws ShapeError if there is no axis but the batch's, or `axis` is not the last */
  build(inputShape: Shape): void {
    const features = lastAxisOf(this.constructor.name, inputShape, this.#axis);
    this.inputShape = inputShape;
    if (this.scale) this.gamma = tf.tidy(() => tf.variable(tf.ones([features])));
    if (this.center) this.beta = tf.tidy(() => tf.variable(tf.zeros([features])));
  }

  abstract forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor;

  /** x − μ and σ² → γ (x − μ) / √(σ² + ε) + β */
  protected scaleAndShift(centred: tf.Tensor, variance: tf.Tensor): tf.Tensor {
    const { gamma, beta } = this;
    const normalised = tf.div(centred, tf.sqrt(tf.add(variance, this.epsilon)));
    const scaled = gamma === undefined ? normalised : tf.mul(normalised, gamma);
    return beta === undefined ? scaled : tf.add(scaled, beta);
  }

  /** What files have of these options. */
  protected savedOptions(): Record<string, Json> {
    return { axis: -1, epsilon: this.epsilon, center: this.center, scale: this.scale };
  }

  /** `BatchNorm(3)` */
  toString(): string {
    return `${this.constructor.name}(${this.inputShape?.at(-1) ?? "…"})`;
  }
}

/** These options from a file's config, for the constructor to check. */
export function readScaledAndShifted(config: ReadonlyMap<string, Json>): ScaledAndShiftedOptions {
  return {
    epsilon: config.get("epsilon") as number,
    center: config.get("center") as boolean,
    scale: config.get("scale") as boolean,
    axis: readAxis(config),
  };
}
