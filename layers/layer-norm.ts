import * as tf from "@tensorflow/tfjs-core";
import { expectOptions } from "../src/hyperparameter.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import { expectInput } from "./expect-input.ts";
import { readConfig } from "./saved/config.ts";
import {
  readScaledAndShifted,
  ScaledAndShifted,
  scaledAndShiftedOptions,
  type ScaledAndShiftedOptions,
} from "./scaled-and-shifted.ts";

/** How a layer normalises each sample. */
export type LayerNormOptions = ScaledAndShiftedOptions;

/**
 * Centres and scales every sample over its own features, in training and in prediction alike:
 *
 *     y = γ (x − μ) / √(σ² + ε) + β
 *
 * x [batch, …, features] → y of the same shape, γ gamma, β beta [features]; μ and σ² the mean and the biased variance
 * over the last axis. Defaults are Keras's: ε is 1e-3 where PyTorch has 1e-5. One feature comes out as β. Files call it
 * `LayerNormalization`.
 * Ba et al., 2016, https://arxiv.org/abs/1607.06450
 */
export class LayerNorm extends ScaledAndShifted {
  static override readonly name: string = "LayerNorm";

  /** @throws HyperparameterError unless ε is above 0 */
  constructor(options: LayerNormOptions = {}) {
    expectOptions("LayerNorm", options, scaledAndShiftedOptions);
    super(options);
  }

  /** @throws ShapeError unless x is what the layer was built for */
  forward(x: tf.Tensor): tf.Tensor {
    expectInput(this, this.inputShape, x);
    const centred = tf.sub(x, tf.mean(x, -1, true));
    return this.scaleAndShift(centred, tf.mean(tf.square(centred), -1, true));
  }

  toSaved(): SavedLayer {
    return { className: "LayerNormalization", config: this.savedOptions() };
  }

  /** @throws HyperparameterError for what makes no sense, and for regularizers and constraints */
  static fromSaved(this: void, saved: JsonObject): LayerNorm {
    const config = readConfig("LayerNormalization", saved, {
      read: scaledAndShiftedOptions,
    });
    return new LayerNorm(readScaledAndShifted(config));
  }
}
