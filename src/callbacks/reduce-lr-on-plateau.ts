import { expectHyperparameter, expectOptions, isCount, isPositiveFloat32 } from "../hyperparameter.ts";
import type { Logs } from "../history.ts";
import type { Callback, TrainingRun } from "./callback.ts";
import { Monitor, monitorOptionNames, type MonitorOptions } from "./monitor.ts";

/** What is watched, and how far and how fast the rate comes down. */
export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the rate is multiplied by, in (0, 1). Default 0.1. */
  readonly factor?: number;
  /** How many epochs without improvement bring it down. Default 10. */
  readonly patience?: number;
  /** How many epochs after that nothing is counted. Default 0. */
  readonly cooldown?: number;
  /** The rate never goes below. Default 0. */
  readonly minLearningRate?: number;
}

/**
 * Brings the learning rate down when a run stands still, by Keras's algorithm:
 *
 *     cooling down:                          cooldown left ← cooldown left − 1, wait ← 0
 *     improved by more than minDelta:        best ← value, wait ← 0
 *     else if not cooling down:              wait ← wait + 1
 *         wait ≥ patience:                   η ← max(η × factor, minLearningRate), wait ← 0, cooldown begins
 *
 * minDelta is 1e-4 unless given, absolute. It sets the optimizer's `learningRate`, so a schedule there would be replaced:
 * that is refused.
 */
export class ReduceLROnPlateau implements Callback {
  static readonly name: string = "ReduceLROnPlateau";

  readonly #monitor: Monitor;
  readonly #factor: number;
  readonly #patience: number;
  readonly #cooldown: number;
  readonly #minLearningRate: number;
  #run: TrainingRun | undefined;
  #wait = 0;
  #cooldownLeft = 0;

  /** @throws HyperparameterError for options that make no sense */
  constructor(options: ReduceLROnPlateauOptions = {}) {
    const who = "ReduceLROnPlateau";
    expectOptions(who, options, [...monitorOptionNames, "factor", "patience", "cooldown", "minLearningRate"]);
    const { factor = 0.1, patience = 10, cooldown = 0, minLearningRate = 0 } = options;
    this.#monitor = new Monitor(who, options, 1e-4);
    expectHyperparameter(factor > 0 && factor < 1, who, "factor", "between 0 and 1, both excluded", factor);
    expectHyperparameter(isCount(patience), who, "patience", "a whole number, 0 or more", patience);
    expectHyperparameter(isCount(cooldown), who, "cooldown", "a whole number, 0 or more", cooldown);
    const isRate = Number.isFinite(minLearningRate) && minLearningRate >= 0;
    expectHyperparameter(isRate, who, "minLearningRate", "a number, 0 or more", minLearningRate);
    this.#factor = factor;
    this.#patience = patience;
    this.#cooldown = cooldown;
    this.#minLearningRate = minLearningRate;
  }

  /** @throws HyperparameterError if the run does not measure what is watched, or its rate follows a schedule */
  onTrainBegin(run: TrainingRun): void {
    this.#monitor.begin(run);
    const { schedule } = run.optimizer;
    const mend = "It would replace the schedule: use one of the two.";
    expectHyperparameter(schedule === undefined, "ReduceLROnPlateau", "the learning rate", "a number", schedule, mend);
    this.#run = run;
    this.#wait = 0;
    this.#cooldownLeft = 0;
  }

  onEpochEnd(_: number, logs: Logs): void {
    const isCooling = this.#cooldownLeft > 0;
    if (isCooling) {
      this.#cooldownLeft--;
      this.#wait = 0;
    }
    if (this.#monitor.improves(logs)) {
      this.#wait = 0;
      return;
    }
    if (this.#cooldownLeft > 0) return;
    this.#wait++;
    if (this.#wait >= this.#patience) this.#reduce();
  }

  #reduce(): void {
    const { optimizer } = this.#run as TrainingRun;
    const rate = optimizer.learningRate;
    const reduced = Math.max(rate * this.#factor, this.#minLearningRate);
    // Where it would be 0 in float32, which no optimizer takes, it stays: the run must not end by that.
    if (rate <= this.#minLearningRate || !isPositiveFloat32(reduced)) return;
    optimizer.learningRate = reduced;
    this.#cooldownLeft = this.#cooldown;
    this.#wait = 0;
  }
}
