import * as tf from "@tensorflow/tfjs-core";
import { valueAndGradients } from "../differentiate.ts";
import { isWeighted } from "../layer.ts";
import { layerInputsOf, type LayerInput } from "./layer-inputs.ts";
import type { Look } from "./look.ts";

/** How steep the activations of a layer are where they stand. */
export interface ActivationSlopes {
  /** The layer's. */
  readonly name: string;
  readonly units: number;
  /** |σ′(z)| of each activation, relative to the larger of |σ′(0)| and |σ′(1)|: all units of a sample, then the next. */
  readonly slopes: Float32Array;
  /** The same far below 0, and far above. */
  readonly below: number;
  readonly above: number;
}

/** Further out than a weighted input should ever be. */
const far = 20;

/**
 * The slopes of every layer's activation, from its derivative alone, whoever wrote it. A layer without parameters is taken
 * for an activation of its input. Left out is what treats its numbers not each by itself, as softmax does.
 */
export async function activationSlopesOf(look: Look): Promise<ActivationSlopes[]> {
  const probed = tf.tidy(() => layerInputsOf(look).flatMap(probe));
  try {
    const read = await Promise.all(
      probed.map(async ({ name, units, numbers, slopes }) => ({
        name,
        units,
        numbers: await numbers.data(),
        slopes: await slopes.data<"float32">(),
      })),
    );
    return read.flatMap(({ name, units, numbers, slopes }) => {
      const [mixing = NaN, atZero = NaN, atOne = NaN, below = NaN, above = NaN] = numbers;
      const scale = Math.max(Math.abs(atZero), Math.abs(atOne));
      if (!(mixing <= 1e-6 && scale > 0)) return [];
      const relative = (slope: number) => Math.abs(slope) / scale;
      return [{ name, units, slopes: slopes.map(relative), below: relative(below), above: relative(above) }];
    });
  } finally {
    tf.dispose(probed.flatMap(({ numbers, slopes }) => [numbers, slopes]));
  }
}

/** What is to be read of one layer; nothing of one that has no activation, or none that can be differentiated. */
function probe({ name, layer, input }: LayerInput) {
  if (!isWeighted(layer) && layer.parameters.length > 0) return [];
  const z = isWeighted(layer) ? layer.weightedInput(input) : input;
  const activate = (at: tf.Tensor) => (isWeighted(layer) ? layer.activate(at) : layer.forward(at));
  try {
    if (!tf.util.arraysEqual(activate(z).shape, z.shape)) return [];
    const fills = [0, 1, -far, far].map((value) => tf.mean(slopeOf(activate, tf.fill(z.shape, value))));
    const numbers = tf.stack([mixingOf(activate, z), ...fills]);
    return [{ name, units: z.shape.at(-1) ?? 1, numbers, slopes: slopeOf(activate, z) }];
  } catch {
    return [];
  }
}

/** σ′(z) of each element. */
function slopeOf(activate: (z: tf.Tensor) => tf.Tensor, z: tf.Tensor): tf.Tensor {
  const variable = tf.variable(z);
  try {
    const sum = () => tf.sum(activate(variable));
    return valueAndGradients(sum, [variable], () => "z").gradients[0] as tf.Tensor;
  } finally {
    variable.dispose();
  }
}

/** How much every other activation changes when those between them do, each by another step: 0 where each is by itself. */
function mixingOf(activate: (z: tf.Tensor) => tf.Tensor, z: tf.Tensor): tf.Tensor {
  const every = (value: (index: number) => number) =>
    tf.tensor(
      Float32Array.from({ length: z.size }, (_, index) => value(index)),
      z.shape,
    );
  const steps = every((index) => (index % 2) * (1 + index / z.size));
  const still = every((index) => 1 - (index % 2));
  const change = tf.sub(activate(tf.add(z, steps)), activate(z));
  return tf.max(tf.abs(tf.mul(change, still)));
}
