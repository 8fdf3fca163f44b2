import type { Assignment } from "./assignment.ts";
import { canLoseDevice, deviceLoss } from "./backend/device-loss.ts";
import { rewind } from "./divergence.ts";
import { DeviceLostError } from "./errors.ts";
import type { History } from "./history.ts";
import type { Model } from "./model.ts";
import type { StepRule } from "./step.ts";

/**
 * Has values also stand on the host, where the loss of a GPU does not reach them: tfjs keeps what it has read back. Does
 * nothing on a backend that cannot lose its device.
 */
export async function keepOnHost(values: readonly Assignment[]): Promise<void> {
  if (canLoseDevice()) await Promise.all(values.map(({ value }) => value.data()));
}

/**
 * If the device was lost, goes back to values that stand on the host, and says so; else returns undefined.
 *
 * @param epochs how many epochs ended before those values
 * @param cause what failed first because of the loss
 */
export function goBackAfterLoss(
  model: Model,
  rule: StepRule,
  values: readonly Assignment[],
  epochs: number,
  history: History,
  cause: unknown,
): DeviceLostError | undefined {
  const loss = deviceLoss();
  if (loss === undefined || model.isDisposed) return undefined;
  rewind(model, rule, values);
  const kept = epochs === 0 ? "the weights that it had before fit" : `the weights of the end of epoch ${epochs - 1}`;
  const message =
    `${loss} It happened in epoch ${epochs} (counted from 0); the model keeps ${kept}. ` +
    "Call `await useBackend()` again for one that runs, and go on with another fit.";
  return new DeviceLostError(message, history, { cause });
}
