import type { BackendReport, ComparisonProgress, CurvePoint, Regime, RegimeComparison, RegimeRun } from "rivulet";
import type { Fault } from "../training/messages.ts";
import type { RaceTask } from "./task.ts";

/** What the page asks of the racing. Either ends the race that is on. */
export type Command =
  | { readonly kind: "race"; readonly turn: number; readonly task: RaceTask }
  /** What was measured so far comes as `ended`. */
  | { readonly kind: "stop" };

/** Which regime runs, and which of its repeats. */
export interface Lane extends Pick<Regime, "batchSize" | "momentum"> {
  /** Counted from 0. */
  readonly repeat: number;
}

/** A run that has ended, before all have: without what only the whole race tells. */
export interface EndedRun extends Lane, Pick<RegimeRun, "status" | "reason" | "curve"> {}

/** How far a race is. */
export interface RaceProgress extends Pick<ComparisonProgress, "phase" | "done" | "total" | "share" | "secondsLeft"> {
  /** What runs at the moment, or ran last. */
  readonly lane: Lane;
  /** Its part of its budget, from 0 to 1. */
  readonly laneShare: number;
}

/** What computes. */
export type Running = Pick<BackendReport, "name" | "gpu" | "threads" | "precision">;

/** What the racing tells the page; `turn` is that of the race. */
export type RaceEvent = { readonly turn: number; readonly tensors: number } & (
  | { readonly kind: "begun"; readonly running: Running }
  /** With the points of the lane's curve that were measured since the last one. */
  | { readonly kind: "progress"; readonly progress: RaceProgress; readonly points: readonly CurvePoint[] }
  /** All points of this one come once more: a run's seconds are known only when it has ended. */
  | { readonly kind: "run"; readonly run: EndedRun }
  /** `lost` is the library's sentence on a GPU that went away, which ended the race early. */
  | { readonly kind: "ended"; readonly comparison: RegimeComparison; readonly lost: string | undefined }
  | { readonly kind: "fault"; readonly fault: Fault }
);
