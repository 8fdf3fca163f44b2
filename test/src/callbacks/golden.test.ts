import { EarlyStopping, ReduceLROnPlateau, type EarlyStoppingOptions } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import golden from "../../golden/callbacks.json" with { type: "json" };
import { expectClose } from "../../support/expect-close.ts";
import { oneWeight, weightsOf } from "../../support/models.ts";
import { watchedRun } from "../../support/watched-run.ts";

/** A callback's options, which it checks itself, and what it is shown. JSON has no NaN: the file has its name. */
interface Trace {
  readonly options: object & { readonly monitor: string };
  readonly values: readonly (number | string)[];
}

const titled = <Case extends Trace>(each: Case) => [JSON.stringify([each.options, each.values]), each] as const;

/** A run whose one weight is the epoch's number when that epoch ends, as in the generating script. */
async function stop({ options, values }: Trace) {
  using model = oneWeight();
  model.setWeights([[[0]]]);
  const stopping = new EarlyStopping({ ...(options as EarlyStoppingOptions), restoreBestWeights: true });
  const waits: number[] = [];
  const afterEpoch = (epoch: number) => {
    waits.push(epoch - (stopping.bestEpoch ?? NaN));
    model.setWeights([[[epoch + 1]]]);
  };
  const run = { model, optimizer: new SGD() };
  const epochs = await watchedRun(stopping, options.monitor, values.map(Number), run, afterEpoch);
  const { best, bestEpoch, stoppedEpoch } = stopping;
  return { epochs, stoppedEpoch, best, bestEpoch, weights: await weightsOf(model), waits };
}

/** The rate after each epoch. */
async function ratesAfter({ options, values }: Trace, learningRate: number) {
  using model = oneWeight();
  const optimizer = new SGD({ learningRate });
  const rates: number[] = [];
  const reduce = new ReduceLROnPlateau(options);
  const afterEpoch = () => rates.push(optimizer.learningRate);
  await watchedRun(reduce, options.monitor, values.map(Number), { model, optimizer }, afterEpoch);
  return rates;
}

describe("EarlyStopping against Keras's", () => {
  it.each(golden.earlyStopping.map(titled))("%s", async (_, { restoredEpoch, stopped, ...each }) => {
    const { epochs, best, bestEpoch, waits } = each;
    const stoppedEpoch = stopped ? epochs - 1 : undefined;
    expect(await stop(each)).toEqual({ epochs, stoppedEpoch, best, bestEpoch, weights: [[[restoredEpoch]]], waits });
  });

  it("differs on purpose where the first value is NaN: any number after it is better", async () => {
    const { earlyStopping } = golden.nanAtFirst;
    expect(earlyStopping).toMatchObject({ epochs: 3, stopped: true, best: "NaN", restoredEpoch: 0 });
    const ours = {
      epochs: 4,
      stoppedEpoch: undefined,
      best: 0.8,
      bestEpoch: 3,
      weights: [[[3]]],
      waits: [NaN, 0, 0, 0],
    };
    expect(await stop(earlyStopping)).toEqual(ours);
  });
});

describe("ReduceLROnPlateau against Keras's", () => {
  it.each(golden.reduceOnPlateau.map(titled))("%s", async (_, { learningRate, rates, ...each }) => {
    // 1e-12: the file has 12 digits.
    await expectClose(await ratesAfter(each, learningRate), rates, 1e-12);
  });

  it("differs on purpose where the first value is NaN: any number after it is better", async () => {
    const { learningRate, rates, ...each } = golden.nanAtFirst.reduceOnPlateau;
    expect(rates).toEqual([1, 1, 0.5, 0.5, 0.25]);
    expect(await ratesAfter(each, learningRate)).toEqual([1, 1, 1, 1, 1]);
  });
});
