import { HyperparameterError } from "../errors.ts";
import { expectHyperparameter } from "../hyperparameter.ts";
import type { Logs } from "../history.ts";
import type { TrainingRun } from "./callback.ts";

/** Which quantity is watched, and what counts as better. */
export interface MonitorOptions {
  /** A name in the logs. Default `"val_loss"`. */
  readonly monitor?: string;
  /** Whether small or large is good. Default: large for accuracies and r2, small for all else. */
  readonly mode?: "min" | "max";
  /** How much better counts as better, 0 or more. */
  readonly minDelta?: number;
}

export const monitorOptionNames = ["monitor", "mode", "minDelta"] as const satisfies readonly (keyof MonitorOptions)[];

/** Follows one quantity, and remembers the best. */
export class Monitor {
  readonly name: string;
  readonly #who: string;
  readonly #sign: 1 | -1;
  readonly #minDelta: number;
  #best: number | undefined;

  /** @throws HyperparameterError for options that make no sense */
  constructor(who: string, { monitor = "val_loss", mode, minDelta }: MonitorOptions, defaultMinDelta = 0) {
    this.#who = who;
    expectHyperparameter(typeof monitor === "string", who, "monitor", 'a name such as "val_loss"', monitor);
    this.name = monitor;
    const isMode = mode === undefined || mode === "min" || mode === "max";
    expectHyperparameter(isMode, who, "mode", '"min" or "max"', mode);
    const isLargeGood = /(accuracy|r2)$/i.test(monitor);
    this.#sign = (mode ?? (isLargeGood ? "max" : "min")) === "max" ? -1 : 1;
    const delta = minDelta ?? defaultMinDelta;
    expectHyperparameter(Number.isFinite(delta) && delta >= 0, who, "minDelta", "a number, 0 or more", minDelta);
    this.#minDelta = delta;
  }

  /** The best value so far, undefined before the first. */
  get best(): number | undefined {
    return this.#best;
  }

  /** Begins anew. @throws HyperparameterError if the run does not measure the quantity */
  begin({ measured }: Pick<TrainingRun, "measured">): void {
    this.#best = undefined;
    if (measured.includes(this.name)) return;
    const isValidation = this.name.startsWith("val_") && !measured.some((name) => name.startsWith("val_"));
    const mend = isValidation ? "Give fit validationData or a validationSplit, or monitor another." : "";
    const message = `${this.#who} monitors ${JSON.stringify(this.name)}, but this run measures ${measured.join(", ")}. ${mend}`;
    throw new HyperparameterError(message.trimEnd(), "monitor", this.name);
  }

  /** Takes an epoch's value, and tells whether it is better than the best before by more than minDelta: a NaN never is. */
  improves(logs: Logs): boolean {
    const value = logs[this.name] as number;
    const margin = this.#best === undefined ? Infinity : (this.#best - value) * this.#sign;
    if (Number.isNaN(value) || margin <= this.#minDelta) return false;
    this.#best = value;
    return true;
  }
}
