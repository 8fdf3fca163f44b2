import type { Finding } from "./explain/finding.ts";

/** How training steps ran. */
export interface CompilationParams {
  /** Whether they ran compiled, once they had been traced. */
  readonly compiled: boolean;
  /** Kernels in a compiled step, copies and reshapes not counted. */
  readonly kernels?: number;
  /** Why they ran as they are written. */
  readonly notCompiled?: string;
}

/** What a run was asked to do, and on what. */
export interface HistoryParams extends CompilationParams {
  readonly epochs: number;
  readonly batchSize: number | "full" | "stream";
  /** Steps in an epoch; of a stream, in the first one. */
  readonly steps: number;
  /** Training samples; of a stream, in the first epoch. */
  readonly samples: number;
  readonly validationSamples: number;
  readonly seed: number;
  readonly backend: string;
}

/** The losses and metrics by name: `loss`, `val_loss`, `mae`, `val_mae`, … */
export type Logs = Readonly<Record<string, number>>;

/** The course of a run, as Keras has it. */
export interface History {
  /** 0, 1, … */
  readonly epoch: number[];
  /** One number an epoch for each quantity. A training loss is the mean over the epoch while the weights moved. */
  readonly history: Record<string, number[]>;
  readonly params: HistoryParams;
  /** What was seen of a run that diverged or learnt nothing, and what to try. Left out of one that is well. */
  findings?: readonly Finding[];
}

/** Adds an epoch's numbers to the course, each under its name. */
export function appendEpoch(history: History, epoch: number, logs: Logs): void {
  history.epoch.push(epoch);
  for (const [name, value] of Object.entries(logs)) (history.history[name] ??= []).push(value);
}

/**
 * The mean over samples from the means of batches:
 *
 *     Σ (size × value) / Σ size
 *
 * summed in float32, as Keras and tfjs-layers do: equal to them to the last bit.
 */
export function meanOverSamples(values: readonly number[], sizes: readonly number[]): number {
  let sum = 0;
  let count = 0;
  values.forEach((value, index) => {
    const size = sizes[index] as number;
    sum = Math.fround(sum + Math.fround(value * size));
    count += size;
  });
  return Math.fround(sum / count);
}
