import { expectHyperparameter, expectOptions } from "../hyperparameter.ts";
import type { Logs } from "../history.ts";
import type { TrainableModel } from "../model.ts";
import type { Callback, TrainingRun } from "./callback.ts";
import { Monitor, monitorOptionNames, type MonitorOptions } from "./monitor.ts";

/** What is done with a model that is better than all before. Awaited. */
export type BestModelAction = (model: TrainableModel, epoch: number, logs: Logs) => unknown;

/**
 * Calls a function at the end of each epoch that is better than all before it, to save the model there:
 *
 *     new BestModel(() => model.save("file://best"))
 *
 * minDelta is 0 unless given. As in Keras's ModelCheckpoint with save_best_only.
 */
export class BestModel implements Callback {
  static readonly name: string = "BestModel";

  readonly #monitor: Monitor;
  readonly #action: BestModelAction;
  #run: TrainingRun | undefined;

  /** @throws HyperparameterError for options that make no sense */
  constructor(action: BestModelAction, options: MonitorOptions = {}) {
    expectHyperparameter(typeof action === "function", "BestModel", "action", "a function", action);
    expectOptions("BestModel", options, monitorOptionNames);
    this.#action = action;
    this.#monitor = new Monitor("BestModel", options);
  }

  /** The best value so far. */
  get best(): number | undefined {
    return this.#monitor.best;
  }

  /** @throws HyperparameterError if the run does not measure what is watched */
  onTrainBegin(run: TrainingRun): void {
    this.#monitor.begin(run);
    this.#run = run;
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    if (this.#monitor.improves(logs)) await this.#action((this.#run as TrainingRun).model, epoch, logs);
  }
}
