import * as tf from "@tensorflow/tfjs-core";
import { expectFiniteValues, toTensor, type Data } from "../src/data.ts";
import { DataError, DisposedError, ShapeError } from "../src/errors.ts";
import { expectHyperparameter, expectOptions } from "../src/hyperparameter.ts";
import type { Layer } from "../src/layer.ts";
import type { TypedNumbers } from "../src/nested-numbers.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import { expectShape, formatShape, type Shape } from "../src/shape.ts";
import { expectNoTidy } from "../src/tidy.ts";
import type { TrainingPass } from "../src/training-pass.ts";
import { columnMoments, givenMoments, warnOfConstants, type ColumnMoments } from "./column-moments.ts";
import { expectInput, lastAxisOf, notBuilt } from "./expect-input.ts";
import { readAxis, readConfig } from "./saved/config.ts";

/** What each feature is centred and scaled by, where that is known beforehand: both or none. */
export interface NormalizationOptions {
  /** One for each feature. */
  readonly mean?: readonly number[] | TypedNumbers;
  /** One for each feature, 0 or more. */
  readonly variance?: readonly number[] | TypedNumbers;
  /** The axis of the features, which must be the last: −1, the default, or its number with the batch as 0. */
  readonly axis?: number;
}

/** Keras keeps the standard deviation from below 1e-7. */
const leastDeviation = 1e-7;

/**
 * As files have it: a batch normalisation that never moves, as no other is. ε is for a variance of 0 that was set by
 * hand, and changes nothing else: the variances of `adapt` are 1e-14 at least.
 */
const asBatchNorm = { momentum: 1, epsilon: 1e-30, center: false, scale: false } as const satisfies JsonObject;

/**
 * Centres and scales each feature by what it was in the training data, so that the model takes numbers as people have
 * them and carries their scale in its file:
 *
 *     y = (x − mean) / max(√variance, 10⁻⁷)
 *
 * x [batch, …, features] → y of the same shape, mean and variance [features], which are not trained. As Keras's layer of
 * that name, along the last axis. `adapt` computes both, before or after the layer is in a model:
 *
 *     const normalization = new Normalization();
 *     await normalization.adapt(x);
 *     const model = new Sequential([normalization, new Dense({ units: 1 })], { inputShape: [3] });
 *
 * Until then mean is 0 and variance 1, as in Keras: a prediction is of x as it is, but training is an error. Files have
 * it as a `BatchNormalization` that never moves, which tfjs-layers opens where a sample has up to three axes.
 */
export class Normalization implements Layer {
  static readonly name: string = "Normalization";

  readonly parameters: readonly tf.Variable[] = [];
  /** What a batch normalisation calls them. */
  readonly savedNames = { mean: "moving_mean", variance: "moving_variance" } as const;
  mean: tf.Variable | undefined;
  variance: tf.Variable | undefined;
  readonly #axis: number;
  #inputShape: Shape | undefined;
  #moments: ColumnMoments | undefined;
  /** What `mean` holds until it is given values, by `adapt`, by `setWeights` or from a file. */
  #placeholder: object | undefined;

  /** @throws HyperparameterError unless mean and variance are lists of one length of finite numbers, no variance below 0 */
  constructor(options: NormalizationOptions = {}) {
    expectOptions("Normalization", options, ["mean", "variance", "axis"]);
    const { axis = -1 } = options;
    expectHyperparameter(Number.isSafeInteger(axis), "Normalization", "axis", "a whole number", axis);
    this.#axis = axis;
    this.#moments = givenMoments("Normalization", options.mean, options.variance);
  }

  get state(): readonly tf.Variable[] {
    return [this.mean, this.variance].filter((variable) => variable !== undefined);
  }

  /** @throws ShapeError if there is no axis but the batch's, or other features than were adapted to */
  build(inputShape: Shape): void {
    const features = lastAxisOf("Normalization", inputShape, this.#axis);
    const known = this.#moments?.mean.length ?? features;
    if (known !== features) {
      const message = `Normalization expects ${features} means for its input ${formatShape([null, ...inputShape])}, got ${known}.`;
      throw new ShapeError(message, [...inputShape.slice(0, -1), known], inputShape);
    }
    this.#inputShape = inputShape;
    this.mean = tf.tidy(() => tf.variable(tf.zeros([features]), false));
    this.variance = tf.tidy(() => tf.variable(tf.ones([features]), false));
    this.#placeholder = this.mean.dataId;
    if (this.#moments !== undefined) this.#assign(this.#moments);
  }

  /**
   * Computes each feature's mean and biased variance over all axes but the last, in float64. What was there before is
   * forgotten. Await a `fit` of the model first: its steps would be of two minds.
   *
   * A column of one value has no variance: as in Keras it becomes 0, but any other value that a prediction meets there is
   * multiplied by 10⁷. A warning names such columns.
   *
   * @param x [samples, …, features], the training data: what the model is tested on must not show in it
   * @throws DataError for no samples, for a value that is not finite (with its row) and for a spread beyond float32;
   * ShapeError for other features than the model's; DisposedError; InUseError inside `tf.tidy`
   */
  async adapt(x: Data): Promise<void> {
    expectNoTidy("adapt");
    const samples = toTensor("x", x);
    try {
      const features = this.#featuresOf(samples);
      const values = await samples.data();
      expectFiniteValues("x", values, samples.shape);
      const moments = columnMoments("x", values, features);
      warnOfConstants("x", moments);
      this.#assign(moments);
    } finally {
      samples.dispose();
    }
  }

  #featuresOf({ shape, size }: tf.Tensor): number {
    if (size === 0) throw new DataError("adapt expects at least one sample, but x is empty.");
    const features = shape.at(-1) ?? 0;
    if (shape.length < 2) {
      const message = `adapt expects x of shape [samples, …, features], got ${formatShape(shape)}.`;
      throw new ShapeError(`${message} Give each sample a row of its own: [[1], [2], …].`, [null, null], shape);
    }
    const expected = this.mean === undefined ? features : (this.#inputShape?.at(-1) ?? features);
    expectShape("adapt", "x", [...shape.slice(0, -1), expected], shape, "The model has that many features.");
    return features;
  }

  #assign(moments: ColumnMoments): void {
    this.#moments = moments;
    const { mean, variance } = this;
    if (mean === undefined || variance === undefined) return;
    if (mean.isDisposed) throw new DisposedError("The model of this Normalization was disposed. Make both anew.");
    tf.tidy(() => {
      mean.assign(tf.tensor1d(Float32Array.from(moments.mean)));
      variance.assign(
        tf.tensor1d(Float32Array.from(moments.variance, (value) => Math.max(value, leastDeviation ** 2))),
      );
    });
  }

  /** @throws ShapeError unless x is what the layer was built for; DataError in training, before it has seen any data */
  forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor {
    expectInput(this, this.#inputShape, x);
    const { mean, variance } = this;
    if (mean === undefined || variance === undefined) throw notBuilt(this);
    if (training !== undefined) this.#expectAdapted();
    return tf.div(tf.sub(x, mean), tf.maximum(tf.sqrt(variance), leastDeviation));
  }

  /** Whether `mean` was given values is seen by what it holds: `setWeights` and files do not call the layer. */
  #expectAdapted(): void {
    if (this.mean !== undefined && this.mean.dataId !== this.#placeholder) return;
    throw new DataError(
      `${this.toString()} has seen no data. Before, await its adapt(x) with the training inputs, or give it mean and variance.`,
    );
  }

  /** @throws DataError before it has seen any data */
  toSaved(): SavedLayer {
    this.#expectAdapted();
    return { className: "BatchNormalization", config: { axis: -1, ...asBatchNorm } };
  }

  /** Whether a saved batch normalisation is one of these. */
  static isSaved(this: void, saved: JsonObject): boolean {
    return Object.entries(asBatchNorm).every(([key, value]) => Object.hasOwn(saved, key) && saved[key] === value);
  }

  /** @throws HyperparameterError */
  static fromSaved(this: void, saved: JsonObject): Normalization {
    const config = readConfig("Normalization", saved, { read: ["axis", ...Object.keys(asBatchNorm)] });
    return new Normalization({ axis: readAxis(config) });
  }

  /** `Normalization(3)` */
  toString(): string {
    return `Normalization(${this.#inputShape?.at(-1) ?? "…"})`;
  }
}
