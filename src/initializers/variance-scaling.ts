import type { RandomStream } from "../random.ts";
import type { Shape } from "../shape.ts";
import { draw, withinTwo } from "./distributions.ts";

/** How many values one output is summed from, and how many one input goes into. */
interface Fans {
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * As Keras counts them: of a kernel [inputs, outputs] its sizes; of a convolution's [..., inputs, outputs] each times the
 * positions before; of a list both its length; of a scalar 1.
 */
function fansOf(shape: Shape): Fans {
  const outputs = shape.at(-1) ?? 1;
  const inputs = shape.at(-2) ?? outputs;
  const positions = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { inputs: inputs * positions, outputs: outputs * positions };
}

/** U(−l, l) of variance scale / fan, which is l² / 3. */
function uniformOf(scale: number, fan: number, shape: Shape, random: RandomStream): Float32Array {
  const limit = Math.sqrt((3 * scale) / fan);
  return draw(shape, () => limit * (2 * random.uniform() - 1));
}

/** The standard deviation of N(0, 1) within ±2, as Keras writes it. */
const truncated = 0.87962566103423978;

/** N(0, σ²) within ±2 σ, of variance scale / fan after the cut. */
function normalOf(scale: number, fan: number, shape: Shape, random: RandomStream): Float32Array {
  const standardDeviation = Math.sqrt(scale / fan) / truncated;
  return draw(shape, () => standardDeviation * withinTwo(random));
}

/**
 * Dense's default for its kernel, as in Keras (tfjs-layers takes the normal form):
 *
 *     U(−l, l),  l = √(6 / (inputs + outputs))
 *
 * shape [inputs, outputs]. Keeps the spread of activations and of gradients alike from layer to layer.
 * Glorot and Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html
 */
export function glorotUniform(shape: Shape, random: RandomStream): Float32Array {
  const { inputs, outputs } = fansOf(shape);
  return uniformOf(2, inputs + outputs, shape, random);
}

/**
 * The normal form of `glorotUniform`:
 *
 *     N(0, σ²) within ±2 σ,  σ = √(2 / (inputs + outputs)) / 0.87962566
 *
 * shape [inputs, outputs]. The division makes up for the cut, so that the values have the standard deviation of the root,
 * as in Keras. Glorot and Bengio, 2010, https://proceedings.mlr.press/v9/glorot10a.html
 */
export function glorotNormal(shape: Shape, random: RandomStream): Float32Array {
  const { inputs, outputs } = fansOf(shape);
  return normalOf(2, inputs + outputs, shape, random);
}

/**
 * For layers with relu, which passes on half of the variance:
 *
 *     U(−l, l),  l = √(6 / inputs)
 *
 * shape [inputs, outputs]. He et al., 2015, https://arxiv.org/abs/1502.01852
 */
export function heUniform(shape: Shape, random: RandomStream): Float32Array {
  return uniformOf(2, fansOf(shape).inputs, shape, random);
}

/**
 * The normal form of `heUniform`:
 *
 *     N(0, σ²) within ±2 σ,  σ = √(2 / inputs) / 0.87962566
 *
 * shape [inputs, outputs]. Cut and corrected as in Keras. He et al., 2015, https://arxiv.org/abs/1502.01852
 */
export function heNormal(shape: Shape, random: RandomStream): Float32Array {
  return normalOf(2, fansOf(shape).inputs, shape, random);
}

/**
 * Keeps the variance of what goes in, for layers with tanh and the like:
 *
 *     U(−l, l),  l = √(3 / inputs)
 *
 * shape [inputs, outputs]. LeCun et al., 1998, http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf
 */
export function leCunUniform(shape: Shape, random: RandomStream): Float32Array {
  return uniformOf(1, fansOf(shape).inputs, shape, random);
}

/**
 * The normal form of `leCunUniform`:
 *
 *     N(0, σ²) within ±2 σ,  σ = √(1 / inputs) / 0.87962566
 *
 * shape [inputs, outputs]. Cut and corrected as in Keras.
 * LeCun et al., 1998, http://yann.lecun.com/exdb/publis/pdf/lecun-98b.pdf
 */
export function leCunNormal(shape: Shape, random: RandomStream): Float32Array {
  return normalOf(1, fansOf(shape).inputs, shape, random);
}
