import { orAborted } from "../abortable.ts";
import type { Callback, TrainingRun } from "./callback.ts";

/**
 * Holds a run before its next step, and has it go on: a page's two buttons.
 *
 *     const pause = new Pause();
 *     const training = model.fit(x, y, { …, callbacks: [pause] });
 *     pause.pause();
 *     pause.resume();
 *
 * While it is held, the model may be looked at and changed. A signal that aborts, or the run's `stop()`, ends the run
 * from there too.
 */
export class Pause implements Callback {
  static readonly name: string = "Pause";

  #signal: AbortSignal | undefined;
  #stopped: Promise<void> | undefined;
  #isStopped = false;
  #held: { readonly until: Promise<void>; readonly release: () => void } | undefined;

  get isPaused(): boolean {
    return this.#held !== undefined;
  }

  /** May be called before the run begins. A second call does nothing. */
  pause(): void {
    if (this.#held !== undefined) return;
    let release = (): void => {};
    const until = new Promise<void>((resolve) => (release = resolve));
    this.#held = { until, release };
  }

  /** Does nothing where nothing is paused. */
  resume(): void {
    this.#held?.release();
    this.#held = undefined;
  }

  onTrainBegin({ signal, stopped }: TrainingRun): void {
    this.#signal = signal;
    this.#isStopped = false;
    this.#stopped = stopped.then(() => void (this.#isStopped = true));
  }

  async onBatchBegin(): Promise<void> {
    // More than once: it may be paused again by the time that the run goes on.
    while (this.#held !== undefined && !this.#isStopped) {
      await orAborted(Promise.race([this.#held.until, this.#stopped]), this.#signal);
    }
  }
}
