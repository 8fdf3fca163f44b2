import * as tf from "@tensorflow/tfjs-core";
import type { Samples } from "../batches.ts";
import { costAndGradients } from "../cost.ts";
import type { Model } from "../model.ts";
import type { StepRule } from "../step.ts";
import { norm, readVector } from "./parameter-vector.ts";

/** The parameter with the largest gradient on some samples, and that gradient's Euclidean norm. NaN counts as infinite. */
export async function largestGradient(model: Model, rule: StepRule, samplesOf: () => Samples) {
  const gradients = tf.tidy(() => [...costAndGradients(model, rule.loss, samplesOf()).gradients]);
  try {
    const vectors = await Promise.all(gradients.map((gradient) => readVector([gradient])));
    const norms = vectors.map(norm).map((size) => (Number.isNaN(size) ? Infinity : size));
    const gradientNorm = Math.max(...norms);
    return { parameter: model.nameOf(model.parameters[norms.indexOf(gradientNorm)] as tf.Variable), gradientNorm };
  } finally {
    tf.dispose(gradients);
  }
}
