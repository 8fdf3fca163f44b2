import * as tf from "@tensorflow/tfjs-core";
import { batchRanges, disposeSamples, sliceSamples, type Samples } from "./batches.ts";
import type { Data } from "./data.ts";
import { expectBatchSize } from "./fit-options.ts";
import { meanOverSamples } from "./history.ts";
import { expectOptions } from "./hyperparameter.ts";
import { resolveLoss, scalarOf, type LossLike } from "./losses.ts";
import { resolveMetricFunctions as resolveMetrics, type MetricFunction as Metric, type MetricLike } from "./metrics.ts";
import type { Model, TrainableModel } from "./model.ts";
import { Pace } from "./pace.ts";
import { ScalarLog } from "./scalar-log.ts";
import { prepareSamples } from "./training-data.ts";

/** What to measure, and in what parts. */
export interface EvaluateOptions {
  readonly loss: LossLike;
  readonly metrics?: readonly MetricLike[];
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
  expectOptions("evaluate", options, ["loss", "metrics", "batchSize"]);
  const { batchSize = "full" } = options;
  expectBatchSize("evaluate", batchSize);
  const loss = resolveLoss(options.loss);
  const measures = new Map([["loss", loss], ...resolveMetrics("evaluate", options.metrics)]);
  const samples = await prepareSamples({ who: "evaluate", model, loss }, x, y);
  try {
    return await measure(model, samples, measures, batchSize === "full" ? samples.x.shape[0] : batchSize);
  } finally {
    disposeSamples(samples);
  }
}

/** What is measured, by the name under which it is reported: the loss first, as `loss`. */
export type Measures = ReadonlyMap<string, Metric>;

/** The means of the measures over samples, with the weights as they stand: one reading back for them all. */
export async function measure(
  model: Model,
  samples: Samples,
  measures: Measures,
  batchSize: number,
  pace: Pace = new Pace(),
): Promise<Record<string, number>> {
  const ranges = batchRanges(samples.x.shape[0], batchSize);
  const log = new ScalarLog();
  try {
    for (const range of ranges) {
      const row = tf.tidy(() => {
        const { x, y } = sliceSamples(samples, range);
        const prediction = model.forward(x);
        return [...measures].map(([name, quantity]) => scalarOf(`The measure ${name}`, quantity(y, prediction)));
      });
      log.push(row);
      if (pace.isDue()) await pace.rest();
    }
    return meansByName(
      [...measures.keys()],
      await log.read(),
      ranges.map(({ size }) => size),
    );
  } finally {
    log.dispose();
  }
}

/**
 * @param numbers row by row, one row a batch, one column a name
 * @param sizes of the batches
 */
export function meansByName(
  names: readonly string[],
  numbers: readonly number[],
  sizes: readonly number[],
): Record<string, number> {
  const means = names.map((name, column) => {
    const values = sizes.map((_, row) => numbers[row * names.length + column] as number);
    return [name, meanOverSamples(values, sizes)];
  });
  return Object.fromEntries(means) as Record<string, number>;
}
