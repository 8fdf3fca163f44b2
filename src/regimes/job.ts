import type { Budget } from "./comparison.ts";
import type { Curve, GradientNoise, Regime, RunStatus } from "./regime.ts";
import type { NetworkPlan } from "./network.ts";
import type { RuleFactory, RuleName } from "./rules.ts";
import type { CurvePoint } from "./run-point.ts";

/** Numbers in rows, row-major. */
export interface Rows {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** Samples as they travel to a worker. */
export interface JobSamples {
  readonly x: Rows;
  readonly y: Rows;
}

/**
 * One run of one regime: all that it takes, as plain data that a worker can be sent. Only where a rule, a loss or an
 * activation is a function does it have to stay in its thread.
 */
export interface RegimeJob {
  readonly regime: Regime;
  /** What makes the rule, where `regime.optimizer` only names it. */
  readonly rule: RuleName | RuleFactory;
  readonly network: NetworkPlan;
  readonly training: JobSamples;
  readonly validation: JobSamples | undefined;
  readonly seed: number;
  readonly budget: Budget;
  /** What is wanted besides the curve. A sweep of learning rates wants neither. */
  readonly wants: { readonly noise: boolean; readonly weights: boolean };
}

/** What came of a job. */
export interface JobOutcome {
  readonly status: RunStatus;
  readonly reason: string | null;
  readonly compiled: boolean | null;
  readonly curve: Curve;
  /** The weights at each point of the curve, where they were wanted. */
  readonly weights: readonly Float32Array[];
  readonly gradientNoise: { readonly start: GradientNoise | null; readonly end: GradientNoise | null };
  /** In seconds: a throw-away run of the same shapes, for compilers and shaders. */
  readonly warmUpSeconds: number;
  /** In seconds: the steps of the run itself that were recorded to be compiled. */
  readonly tracingSeconds: number;
  /** Of training in the measured steps; null where none was. */
  readonly stepsPerSecond: number | null;
}

/** How a job tells how far it is, and what ends it early. */
export interface JobHooks {
  readonly signal?: AbortSignal | undefined;
  /** @param share of the budget that is done, from 0 to 1 */
  readonly onProgress?: (share: number) => void;
  /** Told of each point of the curve as it is measured, while the clock is held. */
  readonly onPoint?: (point: CurvePoint) => void;
}

/**
 * Runs a job, here or elsewhere. Rejects where no outcome can be had, as when a worker dies: that is one failed run, and the
 * points that it told are its curve.
 */
export type RunJob = (job: RegimeJob, hooks: JobHooks) => Promise<JobOutcome>;

/** A regime's batch as it is: no more samples than there are. */
export function realBatchSize(batchSize: number | "full", samples: number): number {
  return batchSize === "full" ? samples : Math.min(batchSize, samples);
}
