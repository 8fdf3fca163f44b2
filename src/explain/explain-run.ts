import { disposeSamples, type Samples } from "../batches.ts";
import { causesOfStandstill, quietly } from "./causes.ts";
import type { Finding } from "./finding.ts";
import { fewSamples, type Look } from "./look.ts";
import { heldBack } from "./held-back.ts";
import { fewestEpochs, isFlat, standsStill } from "./stands-still.ts";

/** Samples that a run trained on, and an end to holding them. */
interface TrainedOn {
  readonly samples?: Samples | undefined;
  dispose(): void;
}

/**
 * What there is to say of a run that ended and learnt nothing, or hardly anything; nothing of one that is well, which this
 * costs a look at a few samples. Changes nothing and throws nothing.
 *
 * @param losses of the epochs
 * @param open asked for samples once there are epochs enough to judge by
 */
export async function explainRun(
  run: Pick<Look, "model" | "rule" | "start">,
  losses: readonly number[],
  open: () => TrainedOn,
): Promise<readonly Finding[]> {
  if (losses.length < fewestEpochs) return [];
  return quietly(async () => {
    const data = open();
    try {
      return data.samples === undefined ? [] : await lookAt(run, losses, data.samples);
    } finally {
      data.dispose();
    }
  });
}

async function lookAt(run: Pick<Look, "model" | "rule" | "start">, losses: readonly number[], all: Samples) {
  const look = { ...run, all, samples: fewSamples(all) };
  try {
    if (!isFlat(losses)) return await heldBack(look);
    const [seen] = await standsStill(look, losses);
    if (seen === undefined) return [];
    const causes = await causesOfStandstill(look);
    if (causes.length > 0) return [seen, ...causes];
    return [{ ...seen, message: `${seen.message} ${withoutCause}` }];
  } finally {
    disposeSamples(look.samples);
  }
}

const withoutCause =
  "Nothing else stands out. Try the learning rate that findLearningRate recommends, other first weights and more units, and " +
  "ask whether x tells anything of y.";
