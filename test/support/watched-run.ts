import type { Callback, Optimizer, Sequential, TrainingRun } from "rivulet";

/** A run that only looks like one: made-up values of one quantity, epoch by epoch, until a callback stops it. */
export async function watchedRun(
  callback: Callback,
  monitor: string,
  values: readonly number[],
  { model, optimizer }: { readonly model: Sequential; readonly optimizer: Optimizer },
  afterEpoch: (epoch: number) => unknown = () => {},
): Promise<number> {
  let isStopped = false;
  const run: TrainingRun = {
    model,
    optimizer,
    history: { epoch: [], history: {}, params: {} as TrainingRun["history"]["params"] },
    measured: ["loss", monitor],
    signal: undefined,
    stopped: new Promise(() => {}),
    stop: () => (isStopped = true),
  };
  await callback.onTrainBegin?.(run);
  let epochs = 0;
  for (const [epoch, value] of values.entries()) {
    if (isStopped) break;
    await callback.onEpochEnd?.(epoch, { [monitor]: value });
    await afterEpoch(epoch);
    epochs++;
  }
  await callback.onTrainEnd?.();
  return epochs;
}
