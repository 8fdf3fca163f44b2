import * as tf from "@tensorflow/tfjs-core";
import type { Layer, RandomStream, Shape } from "rivulet";

/**
 * A layer of one's own: each unit says how near the input is to a point of its own.
 *
 *     yⱼ = exp(−(γⱼ ‖x − cⱼ‖)²)
 *
 * x [batch, inputs] → y [batch, units]; c centres [units, inputs], first drawn from (−spread, spread); γ sharpness [units],
 * first 1. Broomhead and Lowe, 1988.
 */
export class RadialBasis implements Layer {
  static readonly name: string = "RadialBasis";

  readonly units: number;
  readonly spread: number;
  parameters: readonly tf.Variable[] = [];

  constructor({ units, spread }: { readonly units: number; readonly spread: number }) {
    this.units = units;
    this.spread = spread;
  }

  build([inputs = 1]: Shape, random: RandomStream): void {
    const stream = random.split("centres");
    const { units, spread } = this;
    const numbers = Float32Array.from({ length: units * inputs }, () => spread * (2 * stream.uniform() - 1));
    this.parameters = tf.tidy(() => [tf.variable(tf.tensor(numbers, [units, inputs])), tf.variable(tf.ones([units]))]);
  }

  forward(x: tf.Tensor): tf.Tensor {
    const [centres, sharpness] = this.parameters as [tf.Variable, tf.Variable];
    // Not tf.squaredDifference: its gradient does not follow a broadcast.
    const squaredDistance = tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), centres)), 2);
    return tf.exp(tf.neg(tf.mul(tf.square(sharpness), squaredDistance)));
  }
}
