import { orAborted } from "../abortable.ts";
import type { History, Logs } from "../history.ts";
import type { TrainableModel } from "../model.ts";
import type { Optimizer } from "../optimizer.ts";

/** A run of `fit`, as its callbacks see it. */
export interface TrainingRun {
  readonly model: TrainableModel;
  readonly optimizer: Optimizer;
  /** The epochs that have ended. */
  readonly history: History;
  /** What an epoch's logs hold, `["loss", "mae", "val_loss", "val_mae"]`. */
  readonly measured: readonly string[];
  readonly signal: AbortSignal | undefined;
  /** Ends the run: called from a batch's hook after that batch, from an epoch's after that epoch. It ends as others do. */
  stop(): void;
  /** Fulfilled by `stop()`: for a hook that waits, so that it waits no longer. */
  readonly stopped: Promise<void>;
}

/**
 * Called by `fit` as it goes, and awaited. What a callback throws ends the run, and `fit` throws it on. A signal that aborts
 * while a hook is awaited ends the run at once; what that hook does goes on, and nobody hears how it ends. A hook that has the
 * signal abort itself, before it first awaits, is heard out.
 */
export interface Callback {
  onTrainBegin?(run: TrainingRun): unknown;
  onTrainEnd?(): unknown;
  onEpochBegin?(epoch: number): unknown;
  /** @param logs the epoch's means: `loss`, the metrics, and `val_…` of both */
  onEpochEnd?(epoch: number, logs: Logs): unknown;
  onBatchBegin?(batch: number): unknown;
  /** @param logs this batch's loss and metrics. With this hook they are read back every step, which takes time. */
  onBatchEnd?(batch: number, logs: Logs): unknown;
}

type Hook = keyof Callback;

/** The names of all hooks. */
export const hooks = [
  "onTrainBegin",
  "onTrainEnd",
  "onEpochBegin",
  "onEpochEnd",
  "onBatchBegin",
  "onBatchEnd",
] as const satisfies readonly Hook[];

/** All the callbacks of a run as one. */
export class Callbacks {
  readonly #callbacks: readonly Callback[];

  readonly #signal: AbortSignal | undefined;

  constructor(callbacks: readonly Callback[], signal: AbortSignal | undefined) {
    this.#callbacks = callbacks;
    this.#signal = signal;
  }

  /** Whether any of them listens, so that nothing is awaited for nobody. */
  has(hook: Hook): boolean {
    return this.#callbacks.some((callback) => callback[hook] !== undefined);
  }

  /** Calls one hook of each, in order. @throws what a hook throws; the signal's reason if it aborts meanwhile */
  async call<Name extends Hook>(hook: Name, ...values: Parameters<NonNullable<Callback[Name]>>): Promise<void> {
    for (const callback of this.#callbacks) {
      const listener = callback[hook] as ((...values: unknown[]) => unknown) | undefined;
      const work = listener?.apply(callback, values);
      await (this.#signal?.aborted === true ? work : orAborted(Promise.resolve(work), this.#signal));
    }
  }
}
