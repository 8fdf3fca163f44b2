import type * as tf from "@tensorflow/tfjs-core";
import type { Callback, Logs, Sequential } from "rivulet";

/** Ends a `fit` from a hook; it is not an error. */
class StoppedEarly extends Error {}

/**
 * Ends a training when the validation loss has not improved for some epochs, as Keras's EarlyStopping does, and goes back
 * to the weights of the best epoch.
 */
export class EarlyStop implements Callback {
  readonly #model: Sequential;
  readonly #patience: number;
  #best = Infinity;
  #bestWeights: readonly tf.Tensor[] = [];
  /** Epochs that were trained, and the best one of them, counted from 1. */
  epochs = 0;
  bestEpoch = 0;

  constructor(model: Sequential, patience: number) {
    this.#model = model;
    this.#patience = patience;
  }

  /** Trains until the end or until it stops, and leaves the best weights in the model. */
  async run(train: () => Promise<unknown>): Promise<void> {
    try {
      await train().catch((error: unknown) => {
        if (!(error instanceof StoppedEarly)) throw error;
      });
      if (this.#bestWeights.length > 0) this.#model.setWeights(this.#bestWeights);
    } finally {
      for (const weights of this.#bestWeights) weights.dispose();
    }
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    this.epochs = epoch + 1;
    const loss = logs["val_loss"] ?? NaN;
    if (loss < this.#best) {
      this.#best = loss;
      this.bestEpoch = this.epochs;
      for (const weights of this.#bestWeights) weights.dispose();
      this.#bestWeights = this.#model.getWeights();
    } else if (this.epochs - this.bestEpoch >= this.#patience) throw new StoppedEarly();
  }
}
