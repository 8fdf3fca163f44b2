import * as tf from "@tensorflow/tfjs-core";
import { disposeValues, type Assignment } from "./assignment.ts";
import type { Batch, EpochBatches } from "./batch-source.ts";
import type { Callbacks } from "./callbacks/callback.ts";
import type { StepCompiler } from "./compile/step-compiler.ts";
import { keepOnHost } from "./lost-device.ts";
import { lossMeasure, MeasureLog, type MeasuredPass } from "./measures.ts";
import { expectAlive, type Model } from "./model.ts";
import type { Pace } from "./pace.ts";
import { takeStep, type StepOutput, type StepRule } from "./step.ts";
import { valuesNow } from "./waypoint.ts";

/** What stays the same over the epochs of a run. */
export interface EpochRun {
  readonly model: Model;
  readonly rule: StepRule;
  readonly compiler: StepCompiler;
  readonly callbacks: Callbacks;
  /** One for the whole run: an epoch may be shorter than what it waits for. */
  readonly pace: Pace;
  readonly signal: AbortSignal | undefined;
  /** Whether a callback has had the run stop. */
  readonly isStopped: () => boolean;
  readonly onStep: (stepsDone: number) => void;
}

/** What came of an epoch: of its measures, where a batch's hook has them read, up to the first loss that is not finite. */
export interface EpochOutcome extends MeasuredPass {
  /** The sizes of the batches. */
  readonly sizes: readonly number[];
  /** The parameters' values, the layers' and the optimizer's state after the last step; the caller disposes of them. */
  readonly end: readonly Assignment[];
}

/**
 * One pass over the samples: a step on each batch, the losses read back once at the end (with a batch hook, each step).
 * Gives the event loop its turn by elapsed time. A loss that becomes non-finite shows at the end of the epoch; the caller
 * then goes back to earlier weights.
 *
 * @throws the signal's reason where it aborts: the last step is then whole
 */
export async function trainEpoch(run: EpochRun, batches: EpochBatches["batches"]): Promise<EpochOutcome> {
  const { callbacks, pace } = run;
  const log = new MeasureLog([lossMeasure, ...run.rule.metrics]);
  const hears = { begin: callbacks.has("onBatchBegin"), end: callbacks.has("onBatchEnd") };
  const sizes: number[] = [];
  let end: readonly Assignment[] | undefined;
  try {
    for await (const batch of batches) {
      if (hears.begin) await callbacks.call("onBatchBegin", sizes.length);
      const { updates, loss, metrics } = stepOn(run, batch) ?? (await compiledStepOn(run, batch));
      if (batch.isLast) end = updates;
      const parts = [[loss], ...metrics];
      log.push(parts);
      sizes.push(batch.size);
      run.onStep(sizes.length);
      if (hears.end) {
        const logs = await log.readBatch(parts, batch.size);
        // It is read anyway, so the run need not go on to the end of the epoch.
        if (!Number.isFinite(logs["loss"])) break;
        await callbacks.call("onBatchEnd", sizes.length - 1, logs);
      }
      if (run.isStopped()) break;
      if (pace.isDue()) await pace.rest();
    }
    end ??= leftBehind(run);
    // Both asked for before either is awaited: a GPU then answers once.
    const reading = log.read(sizes);
    const keeping = keepOnHost(end);
    reading.catch(() => {});
    end = undefined;
    end = await keeping;
    return { ...(await reading), sizes, end };
  } catch (error) {
    if (end !== undefined) disposeValues(end);
    throw error;
  } finally {
    log.dispose();
  }
}

/** What the last step of an epoch leaves, where it was not known to be the last. */
function leftBehind({ model, rule }: EpochRun): Assignment[] {
  expectAlive(model);
  return valuesNow(model, rule.optimizer);
}

/** Takes a step that has been traced. */
async function compiledStepOn(run: EpochRun, batch: Batch): Promise<StepOutput> {
  await run.compiler.compile();
  return stepOn(run, batch) ?? compiledStepOn(run, batch);
}

/**
 * Takes one step, unless it was only traced so far. The loss, the metrics and, of an epoch's last, the new values are kept for the caller to dispose of:
 * handing them out through tidy would cost a walk over all that it returns.
 */
function stepOn({ model, rule, compiler, signal }: EpochRun, batch: Batch): StepOutput | undefined {
  expectAlive(model);
  signal?.throwIfAborted();
  let output: StepOutput | undefined;
  tf.tidy(() => {
    output = compiler.compute(batch.samples());
    if (output === undefined) return;
    takeStep(model, rule.optimizer, output);
    tf.keep(output.loss);
    for (const scalars of output.metrics) for (const scalar of scalars) tf.keep(scalar);
    if (batch.isLast) for (const { value } of output.updates) tf.keep(value);
  });
  return output;
}
