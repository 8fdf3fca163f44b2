import * as tf from "@tensorflow/tfjs-core";
import { expectHyperparameter, expectOptions } from "../src/hyperparameter.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import type { Shape } from "../src/shape.ts";
import type { TrainingPass } from "../src/training-pass.ts";
import { expectInput, notBuilt } from "./expect-input.ts";
import { readConfig } from "./saved/config.ts";
import {
  readScaledAndShifted,
  ScaledAndShifted,
  scaledAndShiftedOptions,
  type ScaledAndShiftedOptions,
} from "./scaled-and-shifted.ts";

/** How a layer normalises over batches. */
export interface BatchNormOptions extends ScaledAndShiftedOptions {
  /** The share of a moving mean that a step keeps, from 0 up to 1, 1 excluded. Default 0.99. */
  readonly momentum?: number;
}

/**
 * Centres and scales every feature over the batch, so that the next layer sees numbers of one size while this one's
 * weights move:
 *
 *     y = γ (x − μ) / √(σ² + ε) + β
 *
 * x [batch, …, features] → y of the same shape, γ gamma, β beta [features]. In training μ and σ² are the mean and the
 * biased variance over all axes but the last, and the moving ones follow them by m momentum:
 *
 *     movingMean ← m movingMean + (1 − m) μ,   movingVariance ← m movingVariance + (1 − m) σ²
 *
 * A prediction takes the moving ones, which start at 0 and 1. Defaults are Keras's, and so is the biased variance in the
 * moving one, where PyTorch takes the unbiased (and calls 1 − m the momentum). A batch of one sample is 0 after centring,
 * and comes out as β. Files call it `BatchNormalization`.
 * Ioffe and Szegedy, 2015, https://proceedings.mlr.press/v37/ioffe15.html
 */
export class BatchNorm extends ScaledAndShifted {
  static override readonly name: string = "BatchNorm";

  readonly momentum: number;
  movingMean: tf.Variable | undefined;
  movingVariance: tf.Variable | undefined;

  /** @throws HyperparameterError unless momentum is from 0 up to 1, and ε above 0 */
  constructor(options: BatchNormOptions = {}) {
    expectOptions("BatchNorm", options, ["momentum", ...scaledAndShiftedOptions]);
    super(options);
    const { momentum = 0.99 } = options;
    const isShare = typeof momentum === "number" && momentum >= 0 && momentum < 1;
    expectHyperparameter(isShare, "BatchNorm", "momentum", "a number from 0 up to 1, 1 excluded", momentum);
    this.momentum = momentum;
  }

  get state(): readonly tf.Variable[] {
    return [this.movingMean, this.movingVariance].filter((variable) => variable !== undefined);
  }

  override build(inputShape: Shape): void {
    super.build(inputShape);
    const features = inputShape.slice(-1);
    this.movingMean = tf.tidy(() => tf.variable(tf.zeros(features), false));
    this.movingVariance = tf.tidy(() => tf.variable(tf.ones(features), false));
  }

  /** @throws ShapeError unless x is what the layer was built for */
  forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor {
    expectInput(this, this.inputShape, x);
    const { movingMean, movingVariance } = this;
    if (movingMean === undefined || movingVariance === undefined) throw notBuilt(this);
    if (training === undefined) return this.scaleAndShift(tf.sub(x, movingMean), movingVariance);
    const axes = this.inputShape.map((_, axis) => axis);
    const mean = tf.mean(x, axes);
    const centred = tf.sub(x, mean);
    const variance = tf.mean(tf.square(centred), axes);
    training.update(movingMean, this.#moved(movingMean, mean));
    training.update(movingVariance, this.#moved(movingVariance, variance));
    return this.scaleAndShift(centred, variance);
  }

  #moved(moving: tf.Tensor, value: tf.Tensor): tf.Tensor {
    return tf.add(tf.mul(moving, this.momentum), tf.mul(value, 1 - this.momentum));
  }

  toSaved(): SavedLayer {
    return { className: "BatchNormalization", config: { ...this.savedOptions(), momentum: this.momentum } };
  }

  /** @throws HyperparameterError for what makes no sense, and for regularizers and constraints */
  static fromSaved(this: void, saved: JsonObject): BatchNorm {
    const config = readConfig("BatchNormalization", saved, {
      read: ["momentum", ...scaledAndShiftedOptions],
      // Says something only where renorm is true, which is refused.
      ignored: ["renorm_momentum"],
    });
    return new BatchNorm({ ...readScaledAndShifted(config), momentum: config.get("momentum") as number });
  }
}
