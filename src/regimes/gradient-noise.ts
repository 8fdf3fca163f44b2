import * as tf from "@tensorflow/tfjs-core";
import { sliceSamples, reorderSamples, disposeSamples, type Samples } from "../batches.ts";
import { costAndGradients } from "../cost.ts";
import { norm, plus, readVector, type ParameterVector } from "../explain/parameter-vector.ts";
import type { Loss } from "../losses.ts";
import type { Model } from "../model.ts";
import type { RandomStream } from "../random.ts";
import type { GradientNoise } from "./regime.ts";
import { readAhead } from "./read-ahead.ts";

/** Batches that the spread is a mean over: of single samples it is then known to about an eighth. */
const enoughBatches = 64;

/**
 * How far the gradients g_B of mini-batches are from that of all samples, with the weights as they stand:
 *
 *     g = 1/n Σ ∇lᵢ,   g_B = 1/B Σ_{i ∈ B} ∇lᵢ
 *     spread = √(E ‖g_B − g‖²),   relative = spread / ‖g‖
 *
 * spread² is the variance that Bottou, Curtis and Nocedal, 2018, https://arxiv.org/abs/1606.04838, bound in (4.9); B
 * relative² is, for B far below n, the noise scale B_simple of McCandlish et al., 2018, https://arxiv.org/abs/1812.06162. E
 * is the mean over at most 64 batches, cut from orders drawn as an epoch's are: without putting back, so that it falls to
 * exactly 0 as B reaches n. Smaller last batches are left out.
 *
 * @param random what the orders are split from, one after the other
 */
export async function measureGradientNoise(
  model: Model,
  loss: Loss,
  samples: Samples,
  batchSize: number,
  random: RandomStream,
): Promise<GradientNoise> {
  const full = await gradientOf(model, loss, samples);
  const gradientNorm = norm(full);
  // One batch of all samples is the same each time.
  if (batchSize >= samples.x.shape[0]) {
    return { relative: gradientNorm > 0 ? 0 : null, spread: 0, gradientNorm, batches: 1 };
  }
  let [sum, batches] = [0, 0];
  for await (const gradient of readAhead(batchGradients(model, loss, samples, batchSize, random))) {
    sum += norm(plus(gradient, full, -1)) ** 2;
    batches++;
  }
  const spread = Math.sqrt(sum / batches);
  return { relative: gradientNorm > 0 ? spread / gradientNorm : null, spread, gradientNorm, batches };
}

/** The gradients of whole batches, order after order until there are enough. */
function* batchGradients(
  model: Model,
  loss: Loss,
  samples: Samples,
  batchSize: number,
  random: RandomStream,
): Generator<() => Promise<ParameterVector>> {
  const count = samples.x.shape[0];
  const inOrder = Math.floor(count / batchSize);
  // A second order of single samples would only show the same ones again.
  const wanted = batchSize === 1 ? Math.min(count, enoughBatches) : enoughBatches;
  for (let order = 0, made = 0; made < wanted; order++) {
    const shuffled = reorderSamples(samples, random.split(order).permutation(count));
    try {
      for (let batch = 0; batch < inOrder && made < wanted; batch++, made++) {
        yield async () => gradientOf(model, loss, shuffled, { start: batch * batchSize, size: batchSize });
      }
    } finally {
      disposeSamples(shuffled);
    }
  }
}

async function gradientOf(
  model: Model,
  loss: Loss,
  samples: Samples,
  range = { start: 0, size: samples.x.shape[0] },
): Promise<ParameterVector> {
  const gradients = tf.tidy(() => [...costAndGradients(model, loss, sliceSamples(samples, range)).gradients]);
  try {
    return await readVector(gradients);
  } finally {
    tf.dispose(gradients);
  }
}
