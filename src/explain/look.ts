import * as tf from "@tensorflow/tfjs-core";
import { reorderSamples, type Samples } from "../batches.ts";
import type { Model } from "../model.ts";
import type { StepRule } from "../step.ts";
import type { Waypoint } from "../waypoint.ts";

/** What there is to look at when a run went wrong. Whoever looks changes nothing. */
export interface Look {
  readonly model: Model;
  readonly rule: Pick<StepRule, "loss" | "optimizer">;
  /** A few samples of a batch. */
  readonly samples: Samples;
  /** All that the run trained on, if that is still there. */
  readonly all: Samples | undefined;
  /** Where the run started. */
  readonly start: Waypoint | undefined;
}

/** Whatever is looked at costs no more than a small batch. */
const mostSamples = 256;

/** At most 256 samples, spread evenly, as those of one class often stand together. The caller disposes of them. */
export function fewSamples(samples: Samples): Samples {
  const count = samples.x.shape[0];
  if (count > mostSamples) {
    return reorderSamples(
      samples,
      Int32Array.from({ length: mostSamples }, (_, index) => Math.floor((index * count) / mostSamples)),
    );
  }
  const pair = { x: tf.clone(samples.x), y: tf.clone(samples.y) };
  return samples.weights === undefined ? pair : { ...pair, weights: tf.clone(samples.weights) };
}

/** `1 sample`, `256 samples` */
export function countSamples({ samples }: Look): string {
  const count = samples.x.shape[0];
  return count === 1 ? "1 sample" : `${count} samples`;
}
