import { SampleBatches } from "./batch-source.ts";
import { isBatchStream, StreamedBatches, type BatchStream } from "./batch-stream.ts";
import { disposeSamples } from "./batches.ts";
import type { FitSettings } from "./fit-options.ts";
import type { History } from "./history.ts";
import type { TrainableModel } from "./model.ts";
import { prepareSamples, splitSamples, type SampleData } from "./training-data.ts";
import { TrainingLoop, type Shuffling, type TrainingParts } from "./training-loop.ts";

/** Trains a model. `Sequential.fit` says what, and what is thrown. */
export async function fit(
  model: TrainableModel,
  data: SampleData | BatchStream,
  settings: FitSettings,
  shuffling: Shuffling,
): Promise<History> {
  const parts = await prepareParts(model, data, settings, shuffling);
  try {
    return await new TrainingLoop(model, parts, settings, shuffling).run();
  } finally {
    parts.training.dispose();
    if (parts.validation !== undefined) disposeSamples(parts.validation);
  }
}

/** The samples to train and to validate on, checked; the caller disposes of them. */
async function prepareParts(
  model: TrainableModel,
  data: SampleData | BatchStream,
  settings: FitSettings,
  shuffling: Shuffling,
): Promise<TrainingParts> {
  const { validationData, validationSplit, batchSize, shuffle, signal, classWeight } = settings;
  const purpose = { who: "fit", model, loss: settings.rule.loss };
  const ofValidation = (part: string) => `validationData's ${part}`;
  const names = { x: ofValidation("x"), y: ofValidation("y"), sampleWeight: ofValidation("sampleWeight") };
  const prepareValidation = async () => {
    if (validationData === undefined) return undefined;
    const [x, y, sampleWeight] = validationData;
    return prepareSamples({ ...purpose, names }, { x, y, sampleWeight });
  };
  if (isBatchStream(data)) {
    const stream = new StreamedBatches(data, { ...purpose, classWeight }, signal);
    return { training: stream, validation: await prepareValidation() };
  }
  let training = await prepareSamples({ ...purpose, classWeight }, data);
  try {
    let validation = await prepareValidation();
    if (validation === undefined && validationSplit !== undefined) {
      const whole = training;
      ({ training, validation } = splitSamples(whole, validationSplit));
      disposeSamples(whole);
    }
    const count = training.x.shape[0];
    const orderOf = shuffle ? (epoch: number) => shuffling.streamOf(epoch).permutation(count) : undefined;
    return { training: new SampleBatches(training, batchSize === "full" ? count : batchSize, orderOf), validation };
  } catch (error) {
    disposeSamples(training);
    throw error;
  }
}
