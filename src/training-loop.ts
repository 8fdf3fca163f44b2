import * as tf from "@tensorflow/tfjs-core";
import { allFinite, disposeValues } from "./assignment.ts";
import type { BatchSource, EpochBatches } from "./batch-source.ts";
import type { Samples } from "./batches.ts";
import { Callbacks } from "./callbacks/callback.ts";
import { StepCompiler } from "./compile/step-compiler.ts";
import { explainDivergence, restoreIfSpoilt } from "./divergence.ts";
import { trainEpoch, type EpochOutcome, type EpochRun } from "./epoch.ts";
import { AbortError } from "./errors.ts";
import { measure } from "./evaluate.ts";
import { explainRun } from "./explain/explain-run.ts";
import { Witness } from "./explain/witness.ts";
import type { FitSettings } from "./fit-options.ts";
import { appendEpoch, type History, type HistoryParams, type Logs } from "./history.ts";
import { goBackAfterLoss, keepOnHost } from "./lost-device.ts";
import { expectAlive, type TrainableModel } from "./model.ts";
import { Pace } from "./pace.ts";
import type { Progress } from "./progress/progress.ts";
import type { RandomStream } from "./random.ts";
import { countsNow, Trail, waypointOf } from "./waypoint.ts";

/** What follows from the seed: an epoch's order does not depend on how many epochs one `fit` was asked for. */
export interface Shuffling {
  readonly seed: number;
  /** The stream of each epoch, counted from the first of this run. */
  readonly streamOf: (epoch: number) => RandomStream;
  /** Called when an epoch has ended well: the next one shuffles anew, in whichever fit it comes. */
  readonly epochEnded: () => void;
}

/** What is trained on, and what is measured after each epoch. */
export interface TrainingParts {
  readonly training: BatchSource;
  readonly validation: Samples | undefined;
}

/** One run of `fit`: its epochs, its callbacks, and the way back where it fails. */
export class TrainingLoop {
  readonly #model: TrainableModel;
  readonly #parts: TrainingParts;
  readonly #settings: FitSettings;
  readonly #shuffling: Shuffling;
  readonly #callbacks: Callbacks;
  readonly #history: History;
  readonly #params: { -readonly [name in keyof HistoryParams]: HistoryParams[name] };
  readonly #trail = new Trail();
  readonly #witness = new Witness();
  readonly #pace = new Pace();
  readonly #compiler: StepCompiler;
  #epochsTrained = 0;
  #isStopped = false;
  #progress: Progress | undefined;

  constructor(model: TrainableModel, parts: TrainingParts, settings: FitSettings, shuffling: Shuffling) {
    this.#model = model;
    this.#parts = parts;
    this.#settings = settings;
    this.#shuffling = shuffling;
    this.#callbacks = new Callbacks(settings.callbacks);
    this.#compiler = new StepCompiler(model, settings.rule, { enabled: settings.compile === "auto" });
    const { training, validation } = parts;
    this.#params = {
      epochs: settings.epochs,
      batchSize: training.steps === undefined ? "stream" : settings.batchSize,
      steps: training.steps ?? 0,
      samples: training.count ?? 0,
      validationSamples: validation?.x.shape[0] ?? 0,
      seed: shuffling.seed,
      backend: tf.getBackend(),
      ...this.#compiler.params,
    };
    this.#history = { epoch: [], history: {}, params: this.#params };
  }

  /** @throws AbortError, DeviceLostError, DivergenceError; what a callback throws */
  async run(): Promise<History> {
    const { epochs, verbose, signal, rule } = this.#settings;
    try {
      signal?.throwIfAborted();
      if (verbose === 1) this.#progress = await startProgress(epochs, this.#parts.training.steps ?? 1);
      expectAlive(this.#model);
      const start = waypointOf(this.#model, rule.optimizer);
      this.#trail.add({ ...start, values: await keepOnHost(start.values) });
      await this.#callbacks.call("onTrainBegin", this.#handle());
      for (let epoch = 0; epoch < epochs && !this.#isStopped; epoch++) await this.#epoch(epoch);
      await this.#explain();
      await this.#callbacks.call("onTrainEnd");
      return this.#history;
    } catch (error) {
      throw await this.#failure(error);
    } finally {
      this.#progress?.stop();
      this.#compiler.dispose();
      this.#trail.dispose();
      this.#witness.dispose();
    }
  }

  /** Has the history say why, if nothing was learnt; with verbose 1 the error stream too, and why steps were not compiled. */
  async #explain(): Promise<void> {
    const { rule, verbose } = this.#settings;
    const run = { model: this.#model, rule, start: this.#trail.start };
    const open = () => ({ samples: this.#witness.samples, ...this.#parts.training.epoch(0) });
    const findings = await explainRun(run, this.#history.history["loss"] ?? [], open);
    if (findings.length > 0) this.#history.findings = findings;
    const { problem } = this.#compiler;
    const messages = findings.map(({ message }) => message);
    if (problem !== undefined) messages.push(`The training step ran as it is written, not compiled: ${problem}.`);
    if (messages.length === 0) return;
    this.#progress?.stop();
    this.#progress = undefined;
    if (verbose === 1) for (const message of messages) console.warn(message);
  }

  /** The run, as its callbacks see it. */
  #handle() {
    const { rule, signal } = this.#settings;
    const trained = ["loss", ...rule.metrics.map(({ name }) => name)];
    const validated = this.#parts.validation === undefined ? [] : trained.map((name) => `val_${name}`);
    const stop = () => void (this.#isStopped = true);
    const { optimizer } = rule;
    return {
      model: this.#model,
      optimizer,
      history: this.#history,
      measured: [...trained, ...validated],
      signal,
      stop,
    };
  }

  async #epoch(epoch: number): Promise<void> {
    const { rule, signal } = this.#settings;
    const { training, validation } = this.#parts;
    await this.#callbacks.call("onEpochBegin", epoch);
    const { end, values, sizes } = await this.#finiteEpoch(epoch);
    this.#trail.add({ values: end, ...countsNow(this.#model, rule.optimizer) });
    this.#shuffling.epochEnded();
    this.#epochsTrained++;
    // What a step was and no longer is: not compiled yet, or compiled until its program failed.
    delete this.#params.notCompiled;
    delete this.#params.kernels;
    Object.assign(this.#params, this.#compiler.params);
    if (epoch === 0 && training.steps === undefined) {
      this.#params.steps = sizes.length;
      this.#params.samples = sizes.reduce((sum, size) => sum + size, 0);
    }
    signal?.throwIfAborted();
    const batchSize = this.#settings.batchSize === "full" ? Infinity : this.#settings.batchSize;
    const pace = this.#pace;
    const validated = validation && (await measure(this.#model, validation, rule, batchSize, { pace, signal }));
    const logs = { ...values, ...prefixed("val_", validated) };
    appendEpoch(this.#history, epoch, logs);
    this.#progress?.endEpoch(epoch, logs);
    await this.#callbacks.call("onEpochEnd", epoch, logs);
  }

  /**
   * One epoch, in its own order of the samples.
   *
   * @throws DivergenceError if a loss, or in the last epoch a weight, is not finite: the model is then back at finite
   * weights
   */
  async #finiteEpoch(epoch: number): Promise<EpochOutcome> {
    const { rule, signal, epochs } = this.#settings;
    const data = this.#witness.of(this.#parts.training.epoch(epoch));
    try {
      const run: EpochRun = {
        model: this.#model,
        rule,
        compiler: this.#compiler,
        callbacks: this.#callbacks,
        pace: this.#pace,
        signal,
        isStopped: () => this.#isStopped,
        onStep: (step) => this.#advance(epoch, step),
      };
      const outcome = await trainEpoch(run, data.batches);
      const batch = outcome.losses.findIndex((loss) => !Number.isFinite(loss));
      // Weights that the last step spoilt show in the next loss; only after the last epoch there is none to come.
      const isLast = epoch === epochs - 1 || this.#isStopped;
      if (batch < 0 && (!isLast || (await allFinite(outcome.end)))) return outcome;
      disposeValues(outcome.end);
      throw await this.#divergence(epoch, data, outcome, batch);
    } finally {
      data.dispose();
    }
  }

  /** @param batch the first one whose loss is not finite, or below 0 if only the weights are not */
  async #divergence(epoch: number, data: EpochBatches, { losses, sizes }: EpochOutcome, batch: number) {
    const { rule } = this.#settings;
    const [model, points, history] = [this.#model, this.#trail.points, this.#history];
    const [start, witness] = [this.#trail.start, this.#witness.samples];
    const failed = { model, rule, data, epoch, steps: sizes.length, history, points, start, witness };
    return explainDivergence(batch < 0 ? failed : { ...failed, batch, loss: losses[batch] as number });
  }

  #advance(epoch: number, step: number): void {
    const { steps } = this.#parts.training;
    this.#progress?.advance(steps === undefined ? epoch : epoch * steps + step);
  }

  /** What to throw for what ended the run, with the model where it can go on from. */
  async #failure(error: unknown): Promise<unknown> {
    const { rule, signal } = this.#settings;
    const interrupted = { model: this.#model, rule, point: this.#trail.newest, history: this.#history };
    const lost = goBackAfterLoss({ ...interrupted, epochs: this.#epochsTrained }, error);
    if (lost !== undefined) return lost;
    await restoreIfSpoilt(this.#model, rule, this.#trail.points);
    if (signal?.aborted !== true || error !== signal.reason) return error;
    const message =
      `fit was aborted after ${this.#history.epoch.length} of ${this.#settings.epochs} epochs. The model keeps what it had learnt ` +
      "by its last step, and the error's history holds the epochs that ended: another fit goes on from there.";
    return new AbortError(message, this.#history, { cause: error });
  }
}

function prefixed(prefix: string, logs: Logs = {}): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [prefix + name, value]));
}

/** Loaded only where it is wanted: what draws a terminal's line is Node's. */
async function startProgress(epochs: number, stepsPerEpoch: number): Promise<Progress> {
  const { createProgress } = await import("#progress");
  return createProgress({ epochs, stepsPerEpoch });
}
