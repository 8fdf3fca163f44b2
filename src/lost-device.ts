import * as tf from "@tensorflow/tfjs-core";
import { disposeValues, type Assignment } from "./assignment.ts";
import { canLoseDevice, lossOf, lostDevice } from "./backend/device-loss.ts";
import { rewind, type TrainingState } from "./divergence.ts";
import { DeviceLostError } from "./errors.ts";
import type { History } from "./history.ts";
import type { Model } from "./model.ts";
import type { StepRule } from "./step.ts";

/**
 * The same values where the loss of a GPU does not reach them: read back, and kept as tensors that stand on the host until
 * they are used. On a backend that cannot lose its device they are returned as they are.
 *
 * @param values this function's from now on, also where it throws
 */
export async function keepOnHost(values: readonly Assignment[]): Promise<readonly Assignment[]> {
  if (!canLoseDevice()) return values;
  try {
    const numbers = await Promise.all(values.map(({ value }) => value.data()));
    return values.map(({ variable, value }, index) => {
      return { variable, value: tf.tensor(numbers[index] as Float32Array, value.shape) };
    });
  } finally {
    disposeValues(values);
  }
}

/** A run that may have lost its device. */
export interface InterruptedRun {
  readonly model: Model;
  readonly rule: StepRule;
  /** How it stood, with values on the host; undefined if there were none yet. */
  readonly start: TrainingState | undefined;
  /** How many epochs had ended by then. */
  readonly epochs: number;
  readonly history: History;
}

/**
 * If the device was lost, goes back to values that stand on the host, and says so; else returns undefined.
 *
 * @param cause what ended the run
 */
export function goBackAfterLoss(run: InterruptedRun, cause: unknown): DeviceLostError | undefined {
  const { model, rule, start, history } = run;
  // By now another backend may run: a hook may have started one.
  const device = cause instanceof DeviceLostError ? cause.device : lostDevice();
  if (device === undefined || model.isDisposed) return undefined;
  if (start !== undefined) rewind(model, rule, start);
  const message = `${lossOf(device)} ${keptBy(run)} Call \`await useBackend()\` again for one that runs, and go on with another fit.`;
  return new DeviceLostError(message, device, history, { cause });
}

function keptBy({ start, epochs }: InterruptedRun): string {
  if (start === undefined) return "The model's weights stood there too: make the model anew.";
  if (epochs === 0) return "The model keeps the weights that it had before fit.";
  return `The model keeps the weights of the end of epoch ${epochs - 1} (counted from 0).`;
}
