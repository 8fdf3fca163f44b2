import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer } from "../optimizer.ts";

/** What Keras takes for Adam, RMSProp and Adagrad: rules that have no largest stable rate. */
export const usualAdaptiveRate = 0.001;

/**
 * The largest curvature λ at which a rule is stable with its learning rate as it stands: beyond it, its steps on the
 * parabola ½ λ w² end ever farther from the bottom. For descent that is
 *
 *     λ = 2 / η                              plain
 *     λ = 2 (1 + μ) / η                      with momentum (Polyak, 1964)
 *     λ = 2 (1 + μ) / (η (1 + 2 μ))          Nesterov
 *
 * but no rule is known here by its name. A rule that is linear in what it is given maps (w, slot) to A (w, slot) + B λ w,
 * and is asked for A and B. It is stable as long as both eigenvalues of that map are within the unit circle: with its trace
 * T and determinant D, which are linear in λ, as long as 1 + T + D > 0 and D < 1 (Jury's criterion).
 *
 * @param step which one it is, counted from 1, of a schedule
 * @returns undefined for a rule that scales its steps by the gradients it has seen, such as Adam: it has no such bound
 */
export async function largestStableCurvature(optimizer: Optimizer, step: number): Promise<number | undefined> {
  const slots = Object.keys(optimizer.slots);
  const [slot] = slots;
  if (slots.length > 1) return undefined;
  const { weight, remembered } = await responsesOf(optimizer, step, slot);
  if (!isLinear(weight) || !isLinear(remembered)) return undefined;
  const [ww = NaN, ws = NaN, wg = NaN] = weight;
  const [sw = NaN, ss = NaN, sg = NaN] = remembered;
  // T = t₀ + t₁ λ, D = d₀ + d₁ λ
  const [t0, t1] = [ww + ss, wg];
  const [d0, d1] = [ww * ss - ws * sw, wg * ss - ws * sg];
  const bounds = [-(1 + t0 + d0) / (t1 + d1), (1 - d0) / d1];
  const smallest = Math.min(...bounds.filter((bound) => bound > 0));
  return Number.isFinite(smallest) ? smallest : undefined;
}

/** What the rule is given, column by column: 1 as w, as the slot and as the gradient alone, and two mixtures of them. */
const probes = {
  parameter: [1, 0, 0, 0.5, 2],
  slot: [0, 1, 0, 0.25, 0.5],
  gradient: [0, 0, 1, -0.75, 3],
};

/** What it makes of them, column by column: the new w, and the new slot. Without a slot that is 0. */
async function responsesOf(optimizer: Optimizer, step: number, slot: string | undefined) {
  const tensors = tf.tidy(() => {
    const values: Record<string, tf.Tensor> = {
      parameter: tf.tensor1d(probes.parameter),
      gradient: tf.tensor1d(probes.gradient),
    };
    if (slot !== undefined) values[slot] = tf.tensor1d(probes.slot);
    const numbers = Object.entries(optimizer.hyperparametersAt(step));
    const scalars = Object.fromEntries(numbers.map(([name, number]) => [name, tf.scalar(number, "float32")]));
    const updated = optimizer.update(
      values as Parameters<Optimizer["update"]>[0],
      scalars as Parameters<Optimizer["update"]>[1],
    );
    const kept = slot === undefined ? tf.zeros([probes.slot.length]) : (updated[slot] ?? tf.tensor1d(probes.slot));
    return { parameter: tf.clone(updated.parameter), kept: tf.clone(kept) };
  });
  try {
    const [weight, remembered] = await Promise.all([tensors.parameter.data(), tensors.kept.data()]);
    return { weight, remembered };
  } finally {
    tf.dispose(tensors);
  }
}

/** Whether what comes of the mixtures is the mixture of what comes of each part. */
function isLinear(response: ArrayLike<number>): boolean {
  return [3, 4].every((column) => {
    const parts = [probes.parameter, probes.slot, probes.gradient].map(
      (probe, index) => (probe[column] as number) * (response[index] as number),
    );
    const scale = parts.reduce((sum, part) => sum + Math.abs(part), 0);
    const expected = parts.reduce((sum, part) => sum + part, 0);
    // float32 rounds each part to 6e-8, a few times.
    return Math.abs((response[column] as number) - expected) <= 1e-5 * scale;
  });
}
