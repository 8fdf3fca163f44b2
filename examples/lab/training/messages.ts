import type { BackendName, BackendReport, HistoryParams } from "rivulet";
import type { TrainingTask } from "./task.ts";

/** What the page asks of the training. Steps are counted from the start of the task. */
export type Command =
  /** Trains something else, from its start; what was trained before is let go of. */
  | { readonly kind: "open"; readonly turn: number; readonly task: TrainingTask; readonly until: number }
  /** Trains on until so many steps are taken. Fewer than there are: holds. */
  | { readonly kind: "run"; readonly turn: number; readonly until: number }
  /** Goes on where a lost device ended the run, on another backend. */
  | {
      readonly kind: "continue";
      readonly turn: number;
      readonly backend: BackendName | "auto";
      readonly until: number;
    }
  /** The last frame is drawn: the next one may come. */
  | { readonly kind: "drawn" };

/** The losses of epochs that have ended, some left out where there are many. */
export interface LossPoints {
  /** How many epochs had ended by each. */
  readonly epochs: readonly number[];
  /** Means over the epoch, while the weights moved. */
  readonly training: readonly number[];
  /** After the epoch; empty without validation. */
  readonly validation: readonly number[];
}

/** What computes, and how the steps run. */
export interface Running extends Pick<BackendReport, "name" | "gpu" | "threads" | "precision"> {
  /** What was tried before it, and why that did not start, a sentence each. */
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
  /** Undefined until a first epoch has ended. */
  readonly steps: Pick<HistoryParams, "compiled" | "kernels" | "notCompiled"> | undefined;
}

/** The training at one moment. */
export interface Frame {
  /** Whether it stands still. */
  readonly isHeld: boolean;
  readonly step: number;
  readonly epoch: number;
  readonly losses: LossPoints;
  /** The last epoch's numbers by name: `loss`, `val_loss`, `accuracy`, … */
  readonly measured: Readonly<Record<string, number>>;
  /** Loss at the weights as they stand, while it stands still. */
  readonly lossNow: number | undefined;
  /** Of every hidden unit, layer by layer, and last of the network itself, at each point of the grid: [points, columns]. */
  readonly outputs: Float32Array;
  readonly columns: number;
  /** Undefined while nothing runs. */
  readonly stepsPerSecond: number | undefined;
  readonly running: Running;
  readonly tensors: number;
}

/** What ended a run, in the library's own words. */
export interface Fault {
  /** `start`: the backend. `other`: what cannot be trained as it is set. */
  readonly kind: "start" | "diverged" | "lost" | "other";
  readonly message: string;
  /** The largest learning rate that is estimated to be stable, where that was found. */
  readonly largestStable?: number;
}

/** What the training tells the page; `turn` is that of the last command that it had heard by then. */
export type TrainingEvent =
  | { readonly kind: "frame"; readonly turn: number; readonly frame: Frame }
  | { readonly kind: "fault"; readonly turn: number; readonly fault: Fault };
