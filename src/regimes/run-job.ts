import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "../backend/use-backend.ts";
import { disposeSamples, type Samples } from "../batches.ts";
import type { BackendName } from "../backend/candidate.ts";
import { DivergenceError } from "../errors.ts";
import { resolveLoss } from "../losses.ts";
import type { Optimizer } from "../optimizer.ts";
import { RandomStream } from "../random.ts";
import type { Sequential } from "../sequential.ts";
import type { GradientNoise } from "./regime.ts";
import { Course, Diverged } from "./course.ts";
import { measureGradientNoise } from "./gradient-noise.ts";
import { realBatchSize, type JobHooks, type JobOutcome, type JobSamples, type RegimeJob } from "./job.ts";
import { buildNetwork } from "./network.ts";
import { makeRule } from "./rules.ts";
import { warmUp } from "./warm-up.ts";

/**
 * Runs one regime once, by `fit`, on its backend, which is started where another one runs. Weights and shuffles follow from
 * the job's seed alone, so they are those of `new Sequential(…, { seed }).fit(…)`. Never rejects for what a run can do: a
 * loss that is not finite, an error of `fit`, a signal that aborts are outcomes too.
 */
export async function runJob(job: RegimeJob, hooks: JobHooks = {}): Promise<JobOutcome> {
  const { backend } = job.regime;
  if (tf.getBackend() !== backend) await useBackend(backend as BackendName);
  const warmUpSeconds = await warmUp(job, hooks.signal);
  using model = buildNetwork(job.network, job.seed);
  using rule = makeRule(job.rule, job.regime);
  const [training, validation] = [tensorsOf(job.training), job.validation && tensorsOf(job.validation)];
  try {
    return await trained(job, hooks, { model, rule, training, validation, warmUpSeconds });
  } finally {
    disposeSamples(training);
    if (validation !== undefined) disposeSamples(validation);
  }
}

/** What a run works with. */
interface Parts {
  readonly model: Sequential;
  readonly rule: Optimizer;
  readonly training: Samples;
  readonly validation: Samples | undefined;
  readonly warmUpSeconds: number;
}

async function trained(job: RegimeJob, hooks: JobHooks, parts: Parts): Promise<JobOutcome> {
  const { model, warmUpSeconds } = parts;
  const start = await noiseOf(job, parts, "start");
  const course = new Course(job, parts, hooks);
  const ended = await fitOn(job, hooks, parts, course);
  const end = ended.status === "finished" ? await noiseOf(job, parts, "end") : null;
  return {
    ...ended,
    compiled: model.history?.params.compiled ?? course.history?.params.compiled ?? null,
    ...course.result,
    gradientNoise: { start, end },
    warmUpSeconds,
  };
}

/** Fits, and says how that ended. */
async function fitOn(
  { network, regime, budget }: RegimeJob,
  { signal }: JobHooks,
  { model, rule, training }: Parts,
  course: Course,
): Promise<Pick<JobOutcome, "status" | "reason">> {
  try {
    await model.fit(training.x, training.y, {
      loss: network.loss,
      optimizer: rule,
      batchSize: regime.batchSize,
      epochs: budget.unit === "epochs" ? budget.amount : Number.MAX_SAFE_INTEGER,
      compile: regime.compile,
      callbacks: [course],
      verbose: 0,
    });
    return { status: "finished", reason: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (signal?.aborted === true) return { status: "stopped", reason: "It was interrupted." };
    const isDivergence = error instanceof DivergenceError || error instanceof Diverged;
    return { status: isDivergence ? "diverged" : "failed", reason };
  }
}

/** Null where it is not wanted, or weights are such that no gradient is finite. */
async function noiseOf(
  { wants, network, regime, seed }: RegimeJob,
  { model, training }: Parts,
  when: "start" | "end",
): Promise<GradientNoise | null> {
  if (!wants.noise) return null;
  const batchSize = realBatchSize(regime.batchSize, training.x.shape[0]);
  const random = new RandomStream(seed, "gradient noise", when);
  const noise = await measureGradientNoise(model, resolveLoss(network.loss), training, batchSize, random);
  return Number.isFinite(noise.gradientNorm) && Number.isFinite(noise.spread) ? noise : null;
}

function tensorsOf({ x, y }: JobSamples): Samples {
  return { x: tf.tensor(x.values, [...x.shape], "float32"), y: tf.tensor(y.values, [...y.shape], "float32") };
}
