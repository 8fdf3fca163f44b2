import type { Samples } from "../batches.ts";
import type { Callback, TrainingRun } from "../callbacks/callback.ts";
import { measure } from "../evaluate.ts";
import { readVector } from "../explain/parameter-vector.ts";
import type { History } from "../history.ts";
import { resolveLoss, type Loss } from "../losses.ts";
import type { Sequential } from "../sequential.ts";
import { CurvePoints, finiteOrNull, type Sighting } from "./curve.ts";
import { realBatchSize, type JobHooks, type JobOutcome, type RegimeJob } from "./job.ts";
import { TrainingClock } from "./training-clock.ts";

/** The loss of all samples stopped being finite between two of `fit`'s own looks. */
export class Diverged extends Error {}

/** Samples that the loss is measured on at once. */
const measuredAtOnce = 8192;

/** Steps on a batch of a new shape that are recorded before all run compiled. */
const tracedSteps = 2;

/** What is trained, and what is measured on it. */
interface Measured {
  readonly model: Sequential;
  readonly training: Samples;
  readonly validation: Samples | undefined;
}

/**
 * Watches a run of `fit`: holds the clock while it measures the curve, and ends the run when its budget is spent. A batch's
 * end it does not listen to, as `fit` would then read every loss back.
 */
export class Course implements Callback {
  readonly #job: RegimeJob;
  readonly #measured: Measured;
  readonly #hooks: JobHooks;
  readonly #loss: Loss;
  readonly #batchSize: number;
  readonly #count: number;
  readonly #points: CurvePoints;
  readonly #clock = new TrainingClock();
  readonly #stepsOfSize = new Map<number, number>();
  #run: TrainingRun | undefined;
  #steps = 0;
  #samples = 0;

  constructor(job: RegimeJob, measured: Measured, hooks: JobHooks) {
    this.#job = job;
    this.#measured = measured;
    this.#hooks = hooks;
    this.#loss = resolveLoss(job.network.loss);
    this.#count = measured.training.x.shape[0];
    this.#batchSize = realBatchSize(job.regime.batchSize, this.#count);
    this.#points = new CurvePoints(this.#count, job.budget, this.#batchSize);
  }

  /** `fit`'s, once it has begun. */
  get history(): History | undefined {
    return this.#run?.history;
  }

  /** What was seen so far. */
  get result(): Pick<JobOutcome, "curve" | "weights" | "tracingSeconds" | "stepsPerSecond"> {
    const clock = this.#clock;
    return {
      curve: this.#points.toCurve((moment) => clock.secondsAt(moment)),
      weights: this.#points.weights,
      tracingSeconds: clock.tracingSeconds,
      stepsPerSecond: clock.stepsPerSecond ?? null,
    };
  }

  async onTrainBegin(run: TrainingRun): Promise<void> {
    this.#run = run;
    await this.#addPoint();
  }

  async onBatchBegin(batch: number): Promise<void> {
    if (batch > 0) {
      // Read before the clock is held: a GPU may lag far behind the steps that it was given.
      const isDue = this.#points.isDue(this.#samples + this.#stepSize);
      if (isDue) await this.#finishSteps();
      this.#endStep();
      if (isDue) await this.#addPoint();
    }
    await this.#endIfAborted();
    if (this.#share(1) >= 1) this.#run?.stop();
    this.#clock.go(this.#isTraced());
  }

  async onEpochEnd(): Promise<void> {
    this.#endStep();
    const isLast = this.#share() >= 1;
    if (isLast) this.#run?.stop();
    if (isLast || this.#points.isDue(this.#samples)) await this.#addPoint();
  }

  /** Of the step that is being taken, or is to come. */
  get #stepSize(): number {
    return Math.min(this.#batchSize, this.#count - (this.#samples % this.#count));
  }

  #isTraced(): boolean {
    return this.#job.regime.compile === "auto" && (this.#stepsOfSize.get(this.#stepSize) ?? 0) < tracedSteps;
  }

  #endStep(): void {
    this.#clock.hold();
    const size = this.#stepSize;
    this.#stepsOfSize.set(size, (this.#stepsOfSize.get(size) ?? 0) + 1);
    this.#samples += size;
    this.#steps++;
  }

  /** The share of the budget that is spent. @param more steps that are to be counted already */
  #share(more = 0): number {
    const { unit, amount } = this.#job.budget;
    const samples = this.#samples + more * this.#stepSize;
    const spent = {
      epochs: samples / this.#count,
      steps: this.#steps + more,
      samples,
      // What a step will take nobody knows before.
      seconds: this.#clock.secondsAt(this.#clock.now),
    };
    return spent[unit] / amount;
  }

  /** What a run had come to is seen before it ends. */
  async #endIfAborted(): Promise<void> {
    const { signal } = this.#hooks;
    if (signal?.aborted !== true) return;
    if (this.#steps !== this.#points.last?.steps) await this.#addPoint();
    signal.throwIfAborted();
  }

  async #finishSteps(): Promise<void> {
    await this.#measured.model.parameters.at(-1)?.data();
  }

  async #addPoint(): Promise<void> {
    const { model, training, validation } = this.#measured;
    const rule = { loss: this.#loss, metrics: [] };
    const lossOn = async (samples: Samples) => (await measure(model, samples, rule, measuredAtOnce))["loss"] ?? NaN;
    const weightsNow = async () => Float32Array.from(await readVector(model.parameters));
    const moment = this.#clock.now;
    // A GPU takes its time to answer, and no longer for three questions than for one.
    const [trainingLoss, validationLoss, weights] = await Promise.all([
      lossOn(training),
      validation && lossOn(validation),
      this.#job.wants.weights ? weightsNow() : undefined,
    ]);
    const point: Sighting = {
      steps: this.#steps,
      samples: this.#samples,
      moment,
      trainingLoss,
      validationLoss,
      weights,
    };
    this.#points.push(point);
    this.#tell(point);
    if (!Number.isFinite(point.trainingLoss)) {
      throw new Diverged(
        `The loss became ${point.trainingLoss} within ${this.#steps} steps. Try a smaller learning rate.`,
      );
    }
  }

  #tell({ steps, samples, moment, trainingLoss, validationLoss }: Sighting): void {
    const { onPoint, onProgress } = this.#hooks;
    onPoint?.({
      epochs: samples / this.#count,
      steps,
      samples,
      seconds: this.#clock.secondsAt(moment),
      trainingLoss: finiteOrNull(trainingLoss),
      validationLoss: finiteOrNull(validationLoss),
    });
    onProgress?.(Math.min(1, this.#share()));
  }
}
