import type { BatchStream } from "./batch-stream.ts";
import type { Data } from "./data.ts";
import { fit } from "./fit.ts";
import { resolveFit, type FitOptions, type StreamFitOptions } from "./fit-options.ts";
import type { History } from "./history.ts";
import { beginTraining, endTraining, expectUntrained } from "./in-training.ts";
import type { Loss } from "./losses.ts";
import type { TrainableModel } from "./model.ts";
import { RandomStream } from "./random.ts";

/** What a model keeps of its fits, so that two of ten epochs are one of twenty. One runs at a time. */
export class TrainingRecord {
  /** In all fits. */
  epochsTrained = 0;
  /** The last fit's. */
  loss: Loss | undefined;

  /** Fits the model. `Sequential.fit` says what, and what is thrown. */
  async fit(
    model: TrainableModel & { readonly seed: number },
    given: readonly [Data, Data, FitOptions] | readonly [BatchStream, StreamFitOptions],
  ): Promise<History> {
    expectUntrained("fit", model);
    const { data, settings } = resolveFit(given);
    const { seed = model.seed } = settings;
    const trainedBefore = settings.seed === undefined ? this.epochsTrained : 0;
    const streamOf = (epoch: number) => new RandomStream(seed, "shuffle", trainedBefore + epoch);
    const epochEnded = () => (this.epochsTrained += 1);
    beginTraining("fit", model);
    this.loss = settings.rule.loss;
    try {
      return await fit(model, data, settings, { seed, streamOf, epochEnded });
    } finally {
      endTraining(model);
    }
  }
}
