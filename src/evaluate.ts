import * as tf from "@tensorflow/tfjs-core";
import { batchRanges, disposeSamples, sliceSamples, type Samples } from "./batches.ts";
import { withPenalty } from "./cost.ts";
import type { Data } from "./data.ts";
import { expectBatchSize } from "./fit-options.ts";
import { expectOptions } from "./hyperparameter.ts";
import { resolveLoss, scalarOf, type LossLike } from "./losses.ts";
import { lossMeasure, measureAll, MeasureLog, resolveMeasures } from "./measures.ts";
import type { MetricLike } from "./metrics.ts";
import type { Model, TrainableModel } from "./model.ts";
import { Pace } from "./pace.ts";
import type { StepRule } from "./step.ts";
import { prepareSamples } from "./training-data.ts";

/** What to measure, and in what parts. */
export interface EvaluateOptions {
  readonly loss: LossLike;
  readonly metrics?: readonly MetricLike[];
  /** How much each sample's loss counts, [samples]. Metrics are not weighed. */
  readonly sampleWeight?: Data;
  /** Samples that run through at once. Default `"full"`: all of them. */
  readonly batchSize?: number | "full";
}

/** Measures a model on samples. `Sequential.evaluate` says what, and what is thrown. */
export async function evaluate(
  model: TrainableModel,
  x: Data,
  y: Data,
  options: EvaluateOptions,
): Promise<Record<string, number>> {
  expectOptions("evaluate", options, ["loss", "metrics", "sampleWeight", "batchSize"]);
  const { batchSize = "full" } = options;
  expectBatchSize("evaluate", batchSize);
  const loss = resolveLoss(options.loss);
  const metrics = resolveMeasures("evaluate", options.metrics, loss);
  const samples = await prepareSamples({ who: "evaluate", model, loss }, { x, y, sampleWeight: options.sampleWeight });
  try {
    return await measure(model, samples, { loss, metrics }, batchSize === "full" ? samples.x.shape[0] : batchSize);
  } finally {
    disposeSamples(samples);
  }
}

/** How a measurement gives way, and what ends it. */
interface MeasureOptions {
  readonly pace?: Pace;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The loss with what the layers add to it, and the metrics, over samples, with the weights as they stand: one reading
 * back for them all.
 *
 * @throws the signal's reason where it aborts
 */
export async function measure(
  model: Model,
  samples: Samples,
  { loss, metrics }: Pick<StepRule, "loss" | "metrics">,
  batchSize: number,
  { pace = new Pace(), signal }: MeasureOptions = {},
): Promise<Record<string, number>> {
  const ranges = batchRanges(samples.x.shape[0], batchSize);
  const log = new MeasureLog([lossMeasure, ...metrics]);
  try {
    for (const range of ranges) {
      signal?.throwIfAborted();
      const parts = tf.tidy(() => {
        const { x, y, weights } = sliceSamples(samples, range);
        const prediction = model.forward(x);
        const cost = scalarOf("The loss", withPenalty(model, loss(y, prediction, weights)));
        return [[cost], ...measureAll(metrics, y, prediction)];
      });
      log.push(parts);
      if (pace.isDue()) await pace.rest();
    }
    return (await log.read(ranges.map(({ size }) => size))).values;
  } finally {
    log.dispose();
  }
}
