import type * as tf from "@tensorflow/tfjs-core";
import { expectHyperparameter, expectOptions, isCount } from "../hyperparameter.ts";
import type { Logs } from "../history.ts";
import type { TrainableModel } from "../model.ts";
import type { Shape } from "../shape.ts";
import type { Callback, TrainingRun } from "./callback.ts";
import { Monitor, monitorOptionNames, type MonitorOptions } from "./monitor.ts";

/** What is watched, for how long, and whether the best weights come back. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** How many epochs without improvement end the run. Default 0, which stops at the first. */
  readonly patience?: number;
  /** Whether the model has its best epoch's weights again at the end, also of a run that went on to its last epoch. */
  readonly restoreBestWeights?: boolean;
}

/** Values on the host: nothing to dispose of, whatever ends the run, and out of reach of a GPU that goes away. */
type Weights = readonly { readonly values: Float32Array; readonly shape: Shape }[];

/**
 * Ends a run that no longer improves, by Keras's algorithm:
 *
 *     wait ← wait + 1
 *     improved by more than minDelta:        best ← value, weights remembered, wait ← 0
 *     else if wait ≥ patience and epoch > 0: stop
 *
 * minDelta is 0 unless given. A NaN counts as no improvement, also in the first epoch (in Keras nothing is ever better
 * than a NaN there). The optimizer keeps its state of the last epoch when the best weights come back, as in Keras.
 */
export class EarlyStopping implements Callback {
  static readonly name: string = "EarlyStopping";

  readonly #monitor: Monitor;
  readonly #patience: number;
  readonly #restores: boolean;
  #run: TrainingRun | undefined;
  #wait = 0;
  #weights: Weights | undefined;
  /** The epoch of the best value, counted from 0 in its run. Undefined before the first. */
  bestEpoch: number | undefined;
  /** The epoch after which the run was ended. Undefined if it was not. */
  stoppedEpoch: number | undefined;

  /** @throws HyperparameterError for options that make no sense */
  constructor(options: EarlyStoppingOptions = {}) {
    expectOptions("EarlyStopping", options, [...monitorOptionNames, "patience", "restoreBestWeights"]);
    const { patience = 0, restoreBestWeights = false } = options;
    this.#monitor = new Monitor("EarlyStopping", options);
    expectHyperparameter(isCount(patience), "EarlyStopping", "patience", "a whole number, 0 or more", patience);
    this.#patience = patience;
    const isSwitch = typeof restoreBestWeights === "boolean";
    expectHyperparameter(isSwitch, "EarlyStopping", "restoreBestWeights", "true or false", restoreBestWeights);
    this.#restores = restoreBestWeights;
  }

  /** The best value so far. */
  get best(): number | undefined {
    return this.#monitor.best;
  }

  /** @throws HyperparameterError if the run does not measure what is watched */
  onTrainBegin(run: TrainingRun): void {
    this.#monitor.begin(run);
    this.#run = run;
    this.#wait = 0;
    this.#weights = undefined;
    this.bestEpoch = undefined;
    this.stoppedEpoch = undefined;
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const run = this.#run as TrainingRun;
    this.#wait++;
    if (this.#monitor.improves(logs)) {
      this.#wait = 0;
      this.bestEpoch = epoch;
      if (this.#restores) this.#weights = await readWeights(run.model);
    } else if (this.#wait >= this.#patience && epoch > 0) {
      this.stoppedEpoch = epoch;
      run.stop();
    }
  }

  onTrainEnd(): void {
    if (this.#weights !== undefined) this.#run?.model.setWeights(this.#weights);
    this.#weights = undefined;
  }
}

async function readWeights(model: TrainableModel): Promise<Weights> {
  const weights: tf.Tensor[] = model.getWeights();
  try {
    // Copies: on the cpu backend a tensor hands out its own values.
    return await Promise.all(
      weights.map(async (weight) => ({ values: Float32Array.from(await weight.data()), shape: weight.shape })),
    );
  } finally {
    for (const weight of weights) weight.dispose();
  }
}
