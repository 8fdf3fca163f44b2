import type { Logs } from "../history.ts";

/** Shows how far a run is. */
export interface Progress {
  /** @param steps done since the run began */
  advance(steps: number): void;
  endEpoch(epoch: number, logs: Logs): void;
  /** Leaves the screen in order, however the run ended. */
  stop(): void;
}

/** How much a run has before it. */
export interface ProgressPlan {
  readonly epochs: number;
  /** 1 where it is not known before. */
  readonly stepsPerEpoch: number;
}

/** `loss 0.01234  val_loss 0.02345` */
export function formatLogs(logs: Logs): string {
  return Object.entries(logs)
    .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
    .join("  ");
}
