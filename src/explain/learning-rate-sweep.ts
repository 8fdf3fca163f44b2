import * as tf from "@tensorflow/tfjs-core";
import type { Batch, BatchSource } from "../batch-source.ts";
import { costOf } from "../cost.ts";
import { expectAlive } from "../model.ts";
import { Pace } from "../pace.ts";
import { computeStep, takeStep, type StepRule } from "../step.ts";
import { TrainingPass } from "../training-pass.ts";
import type { Look } from "./look.ts";

/** A learning rate, and the loss after the step at it. */
export interface LearningRatePoint {
  readonly learningRate: number;
  /** On at most 256 samples, the same each time; smoothed over the last few rates. */
  readonly loss: number;
}

/** The rates to go through: steps of them, each larger than the one before by the same factor. */
export interface Sweep {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** What came of it. */
export interface Swept {
  /** The loss before the first step. */
  readonly start: number;
  /** As far as the losses are finite. */
  readonly points: readonly LearningRatePoint[];
}

/** β: the smoothed loss looks back over about five steps. */
const kept = 0.8;

/** A loss that is this many times the smallest one has blown up. */
const blownUp = 4;

/**
 * Takes a step at each rate ηᵢ = from (to / from)^(i / (steps − 1)), until the loss blows up; leaves the model where that
 * led. The loss C after each step is smoothed by a mean that forgets, corrected for starting at 0:
 *
 *     m ← β m + (1 − β) C,   loss = m / (1 − βᵗ)
 *
 * @throws what the loss and the layers throw; DisposedError
 */
export async function sweepRates(
  look: Look & { readonly rule: StepRule },
  source: BatchSource,
  sweep: Sweep,
): Promise<Swept> {
  const { rule } = look;
  const start = await read(lossOn(look));
  const points: LearningRatePoint[] = [];
  const pace = new Pace();
  let mean = 0;
  let best = start;
  for await (const batch of endless(source)) {
    const learningRate = sweep.from * (sweep.to / sweep.from) ** (points.length / Math.max(1, sweep.steps - 1));
    rule.optimizer.learningRate = learningRate;
    stepOn(look, batch);
    mean = kept * mean + (1 - kept) * (await read(lossOn(look)));
    const loss = mean / (1 - kept ** (points.length + 1));
    if (!Number.isFinite(loss)) break;
    points.push({ learningRate, loss });
    best = Math.min(best, loss);
    if (loss > best + (blownUp - 1) * Math.abs(best) || points.length === sweep.steps) break;
    if (pace.isDue()) await pace.rest();
  }
  return { start, points };
}

/** The batches of one epoch after the other. */
async function* endless(source: BatchSource): AsyncGenerator<Batch> {
  for (let epoch = 0; ; epoch++) {
    const data = source.epoch(epoch);
    try {
      yield* data.batches;
    } finally {
      data.dispose();
    }
  }
}

function stepOn({ model, rule }: { readonly rule: StepRule } & Pick<Look, "model">, batch: Batch): void {
  expectAlive(model);
  tf.tidy(() => takeStep(model, rule.optimizer, computeStep(model, batch.samples(), rule)));
}

/** The loss as in a training step, always the same one: layers draw the same, and none of them learns from it. */
function lossOn({ model, rule, samples }: Look): tf.Tensor {
  expectAlive(model);
  const training = new TrainingPass(0);
  try {
    return tf.tidy(() => tf.cast(costOf(model, rule.loss, samples, { training }), "float32"));
  } finally {
    training.dispose();
  }
}

async function read(scalar: tf.Tensor): Promise<number> {
  try {
    return (await scalar.data())[0] as number;
  } finally {
    scalar.dispose();
  }
}
