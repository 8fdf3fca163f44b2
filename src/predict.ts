import * as tf from "@tensorflow/tfjs-core";
import { batchRanges, sliceRows } from "./batches.ts";
import { toTensor, type Data } from "./data.ts";
import { expectBatchSize } from "./fit-options.ts";
import { expectOptions } from "./hyperparameter.ts";
import { expectAlive, type TrainableModel } from "./model.ts";
import { expectShape } from "./shape.ts";

/** In what parts to predict. */
export interface PredictOptions {
  /** Samples that run through at once. Default `"full"`: all of them. */
  readonly batchSize?: number | "full";
}

/** Predicts samples. `Sequential.predict` says what, and what is thrown. */
export function predict(model: TrainableModel, x: Data, options: PredictOptions): tf.Tensor {
  expectAlive(model);
  expectOptions("predict", options, ["batchSize"]);
  const { batchSize = "full" } = options;
  expectBatchSize("predict", batchSize);
  return tf.tidy(() => {
    const samples = toTensor("x", x);
    expectShape("predict", "x", [null, ...model.inputShape], samples.shape);
    const count = samples.shape[0];
    if (batchSize === "full" || batchSize >= count) {
      const output = model.forward(samples);
      // A layer's own variable is not the caller's to dispose of.
      return output instanceof tf.Variable ? tf.clone(output) : output;
    }
    const parts = batchRanges(count, batchSize).map((range) => tf.tidy(() => model.forward(sliceRows(samples, range))));
    return tf.concat(parts, 0);
  });
}
