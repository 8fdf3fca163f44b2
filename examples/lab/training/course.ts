import type { Callback, HistoryParams, Logs, TrainingRun } from "rivulet";
import { LossCurve } from "./loss-curve.ts";
import type { Frame } from "./messages.ts";

/** The course of a task over one fit or several: what each epoch measured, and how the steps ran. */
export class Course implements Callback {
  readonly #losses = new LossCurve();
  #params: HistoryParams | undefined;
  #epoch = 0;
  #measured: Logs = {};
  #steps: Frame["running"]["steps"];

  onTrainBegin({ history }: TrainingRun): void {
    this.#params = history.params;
  }

  onEpochEnd(_: number, logs: Logs): void {
    this.#epoch++;
    this.#measured = logs;
    this.#losses.add(this.#epoch, logs["loss"] ?? NaN, logs["val_loss"]);
    if (this.#params === undefined) return;
    const { compiled, kernels, notCompiled } = this.#params;
    this.#steps = {
      compiled,
      ...(kernels !== undefined && { kernels }),
      ...(notCompiled !== undefined && { notCompiled }),
    };
  }

  /** As a frame has it. */
  get now(): Pick<Frame, "epoch" | "losses" | "measured"> & Pick<Frame["running"], "steps"> {
    return { epoch: this.#epoch, losses: this.#losses.points, measured: this.#measured, steps: this.#steps };
  }
}
