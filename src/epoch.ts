import * as tf from "@tensorflow/tfjs-core";
import { assign, disposeValues, type Assignment } from "./assignment.ts";
import { sliceSamples, type BatchRange, type Samples } from "./batches.ts";
import type { Callbacks } from "./callbacks.ts";
import { meansByName } from "./evaluate.ts";
import { keepOnHost } from "./lost-device.ts";
import { expectAlive, type Model } from "./model.ts";
import type { Pace } from "./pace.ts";
import { ScalarLog } from "./scalar-log.ts";
import { computeStep, type StepOutput, type StepRule } from "./step.ts";

/** What stays the same over the epochs of a run. */
export interface EpochRun {
  readonly model: Model;
  readonly rule: StepRule;
  /** What the rule's loss and metrics are called in logs: `loss` first. */
  readonly names: readonly string[];
  readonly ranges: readonly BatchRange[];
  readonly callbacks: Callbacks;
  /** One for the whole run: an epoch may be shorter than what it waits for. */
  readonly pace: Pace;
  readonly onStep: (stepsDone: number) => void;
}

export interface EpochOutcome {
  /** Each batch's loss, in order; where a hook has them read, up to the first that is not finite. */
  readonly losses: readonly number[];
  /** The means over the epoch by name. */
  readonly means: Record<string, number>;
  /** The values that the last step gave the parameters and the optimizer's state; the caller disposes of them. */
  readonly values: readonly Assignment[];
}

/**
 * One pass over the samples: a step on each batch, the losses read back once at the end (with a batch hook, each step).
 * Gives the event loop its turn by elapsed time. A loss that becomes non-finite shows at the end of the epoch; the caller
 * then goes back to earlier weights.
 */
export async function trainEpoch(run: EpochRun, samples: Samples): Promise<EpochOutcome> {
  const { model, names, ranges, callbacks, pace } = run;
  const log = new ScalarLog();
  const hears = { begin: callbacks.has("onBatchBegin"), end: callbacks.has("onBatchEnd") };
  let values: readonly Assignment[] = [];
  try {
    for (const [index, range] of ranges.entries()) {
      if (hears.begin) await callbacks.call("onBatchBegin", index);
      expectAlive(model);
      const isLast = index === ranges.length - 1;
      const output = stepOn(run, samples, range, isLast);
      if (isLast) values = output.updates;
      const row = [output.loss, ...output.metrics];
      log.push(row);
      run.onStep(index + 1);
      if (hears.end) {
        const logs = await readRow(names, row);
        // It is read anyway, so the run need not go on to the end of the epoch.
        if (!Number.isFinite(logs["loss"])) break;
        await callbacks.call("onBatchEnd", index, logs);
      }
      if (pace.isDue()) await pace.rest();
    }
    // Both asked for before either is awaited: a GPU then answers once.
    const reading = log.read();
    const keeping = keepOnHost(values);
    reading.catch(() => {});
    values = [];
    values = await keeping;
    const numbers = await reading;
    const done = ranges.slice(0, numbers.length / names.length);
    const losses = done.map((_, index) => numbers[index * names.length] as number);
    const sizes = done.map(({ size }) => size);
    return { losses, means: meansByName(names, numbers, sizes), values };
  } catch (error) {
    disposeValues(values);
    throw error;
  } finally {
    log.dispose();
  }
}

/**
 * Takes one step. The loss, the metrics and, if asked, the new values are kept for the caller to dispose of: handing
 * them out through tidy would cost a walk over all that it returns.
 */
function stepOn({ model, rule }: EpochRun, samples: Samples, range: BatchRange, keepValues: boolean): StepOutput {
  let output: StepOutput | undefined;
  tf.tidy(() => {
    const { x, y } = sliceSamples(samples, range);
    output = computeStep(model, x, y, rule);
    assign(output.updates);
    rule.optimizer.stepTaken(model.parameters);
    tf.keep(output.loss);
    for (const metric of output.metrics) tf.keep(metric);
    if (keepValues) for (const { value } of output.updates) tf.keep(value);
  });
  return output as unknown as StepOutput;
}

async function readRow(names: readonly string[], row: readonly tf.Scalar[]): Promise<Record<string, number>> {
  const numbers = await Promise.all(row.map(async (scalar) => (await scalar.data())[0] as number));
  return Object.fromEntries(names.map((name, column) => [name, numbers[column] as number]));
}
