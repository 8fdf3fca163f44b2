import {
  AbortError,
  DivergenceError,
  Pause,
  type BackendName,
  type BackendReport,
  type Callback,
  type Optimizer,
  type Sequential,
} from "rivulet";
import { Course } from "./course.ts";
import { faultOf } from "./fault.ts";
import { FrameRate } from "./frame-rate.ts";
import type { Fault, Frame } from "./messages.ts";
import { makeModel, makeOptimizer } from "./network.ts";
import { Speed } from "./speed.ts";
import { startBackend } from "./start-backend.ts";
import { takeFrame } from "./take-frame.ts";
import { dataOf, type TrainingTask } from "./task.ts";

/** What a session tells of itself. */
export interface SessionListener {
  readonly onFrame: (frame: Frame) => void;
  readonly onFault: (fault: Fault) => void;
}

/** Epochs of one fit, after which another goes on as if it were the same: a history must not grow all night. */
const epochsAtATime = 20_000;

/**
 * One task from its start: its backend, its network, and a run of `fit` that is held between two steps whenever as many are
 * taken as were asked for.
 */
export class Session {
  readonly #task: TrainingTask;
  readonly #listener: SessionListener;
  readonly #wasmFolder: string | undefined;
  readonly #pause = new Pause();
  readonly #abort = new AbortController();
  readonly #rate = new FrameRate();
  readonly #speed = new Speed();
  readonly #course = new Course();
  #until: number;
  #report: BackendReport | undefined;
  #network: { readonly model: Sequential; readonly optimizer: Optimizer } | undefined;
  #isReady = false;
  /** What is under way, each until it is done: whoever lets go of the session waits for all of it. */
  #starting: Promise<void> | undefined;
  #training: Promise<void> | undefined;
  #showing: Promise<unknown> | undefined;

  /** @param until how many steps to take at first */
  constructor(task: TrainingTask, until: number, listener: SessionListener, wasmFolder?: string) {
    this.#task = task;
    this.#until = until;
    this.#listener = listener;
    this.#wasmFolder = wasmFolder;
  }

  /** Starts the backend, makes the network, shows it, and trains if steps were asked for. */
  async start(): Promise<void> {
    this.#starting = this.#attempt(async () => this.#startOn(this.#task.backend));
    await this.#starting;
  }

  /** Trains on until so many steps are taken; holds if there are as many. */
  run(until: number): void {
    this.#until = until;
    if (!this.#isReady || this.#step >= until) return;
    this.#speed.halt();
    this.#speed.mark(this.#step);
    if (this.#training === undefined) this.#training = this.#train();
    else this.#pause.resume();
  }

  drawn(): void {
    this.#rate.drawn();
  }

  /** Goes on with another backend where the device of this one was lost. */
  async continueOn(backend: BackendName | "auto", until: number): Promise<void> {
    await this.#training;
    if (this.#isOver) return;
    this.#training = undefined;
    this.#until = until;
    this.#isReady = false;
    // Before the first step nothing of the network stood on the host: it is made anew, from the same seed.
    if (this.#step === 0) this.#disposeNetwork();
    this.#starting = this.#attempt(async () => this.#startOn(backend));
    await this.#starting;
  }

  /** Ends the run at once; nothing is told any more. */
  abandon(): void {
    this.#abort.abort();
  }

  /** Abandons it, and frees all that it holds. */
  async end(): Promise<void> {
    this.abandon();
    await this.#starting;
    await this.#training;
    await this.#showing?.catch(() => {});
    this.#disposeNetwork();
  }

  #disposeNetwork(): void {
    this.#network?.model.dispose();
    this.#network?.optimizer.dispose();
    this.#network = undefined;
  }

  get #isOver(): boolean {
    return this.#abort.signal.aborted;
  }

  get #step(): number {
    return this.#network?.model.stepsTaken ?? 0;
  }

  async #startOn(backend: BackendName | "auto"): Promise<void> {
    this.#report = await startBackend(backend, this.#wasmFolder);
    if (this.#isOver) return;
    this.#network ??= { optimizer: makeOptimizer(this.#task), model: makeModel(this.#task) };
    await this.#show(this.#step >= this.#until);
    this.#isReady = true;
    if (!this.#isOver) this.run(this.#until);
  }

  async #train(): Promise<void> {
    await this.#attempt(async () => {
      try {
        while (!this.#isOver) await this.#fit();
      } catch (error) {
        if (error instanceof AbortError) return;
        this.#until = 0;
        // The model is back at its last finite weights: they are shown.
        if (error instanceof DivergenceError) await this.#show(true);
        throw error;
      }
    });
  }

  async #fit(): Promise<void> {
    const { inputs, training, validation, loss, batchSize } = this.#task;
    if (this.#network === undefined) return;
    const { model, optimizer } = this.#network;
    await model.fit(...dataOf(training, inputs), {
      loss,
      optimizer,
      batchSize,
      epochs: epochsAtATime,
      ...(validation !== undefined && { validationData: dataOf(validation, inputs) }),
      metrics: inputs === 2 ? ["accuracy"] : [],
      callbacks: [this.#course, this.#watch, this.#pause],
      signal: this.#abort.signal,
      verbose: 0,
    });
  }

  /** Stands before the pause in the list, which so holds the step that this one asks it to hold. */
  readonly #watch: Callback = {
    onBatchBegin: async () => {
      const isHeld = this.#step >= this.#until;
      if (isHeld) this.#pause.pause();
      if (isHeld || this.#rate.isDue()) await this.#show(isHeld);
    },
  };

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#isOver) this.#listener.onFault(faultOf(error));
    }
  }

  async #show(isHeld: boolean): Promise<void> {
    const began = performance.now();
    const showing = this.#picture(isHeld);
    this.#showing = showing;
    const frame = await showing;
    this.#rate.sent(began);
    if (!this.#isOver && frame !== undefined) this.#listener.onFrame(frame);
  }

  async #picture(isHeld: boolean): Promise<Frame | undefined> {
    const [model, report] = [this.#network?.model, this.#report];
    if (model === undefined || report === undefined) return undefined;
    if (isHeld) this.#speed.halt();
    else this.#speed.mark(this.#step);
    const sitter = { task: this.#task, model, report, course: this.#course, speed: this.#speed };
    const frame = await takeFrame(sitter, () => isHeld && !this.#isOver);
    // Somebody may have had it go on meanwhile.
    return { ...frame, isHeld: frame.step >= this.#until };
  }
}
