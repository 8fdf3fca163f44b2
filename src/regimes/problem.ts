import * as tf from "@tensorflow/tfjs-core";
import type { ActivationLike } from "../activations.ts";
import { expectFiniteValues, flattenData, type Data } from "../data.ts";
import { DataError, DisposedError, ShapeError } from "../errors.ts";
import { expectHyperparameter, expectOptions } from "../hyperparameter.ts";
import type { LossLike } from "../losses.ts";
import { formatShape } from "../shape.ts";
import type { JobSamples, Rows } from "./job.ts";

/** What regimes are compared on: samples, and what suits them where the caller chooses nothing else. */
export interface RegimeProblem {
  /** Inputs, [samples, features]. */
  readonly x: Data;
  /** Targets, as the loss wants them. */
  readonly y: Data;
  /** Samples to validate on, `[x, y]`. Default none. */
  readonly validation?: readonly [x: Data, y: Data];
  /** Default `"data"`. */
  readonly name?: string;
  /** A sentence on what it is. */
  readonly description?: string;
  /** The units of each hidden layer, none for a linear model. Default `[16]`. */
  readonly layers?: readonly number[];
  /** Of the hidden layers. Default `"tanh"`. */
  readonly activation?: ActivationLike;
  /** Default `"meanSquaredError"`. */
  readonly loss?: LossLike;
  /** Outputs of a prediction. Default: as many as a target has numbers. */
  readonly outputs?: number;
  /** A rate at which most regimes learn and none diverges. Default 0.05. */
  readonly learningRate?: number;
  /** Passes over the samples that show the difference. Default 30. */
  readonly epochs?: number;
  /** A loss that tells the regimes apart. Default: nine tenths of the best run's fall. */
  readonly targetLoss?: number;
}

const problemOptions = [
  "x",
  "y",
  "validation",
  "name",
  "description",
  "layers",
  "activation",
  "loss",
  "outputs",
  "learningRate",
  "epochs",
  "targetLoss",
] as const satisfies readonly (keyof RegimeProblem)[];

/** A problem's samples, read and checked as far as can be told without a network. */
export interface ProblemSamples {
  readonly training: JobSamples;
  readonly validation: JobSamples | undefined;
  /** To train on. */
  readonly count: number;
  readonly features: number;
  /** Numbers in a target. */
  readonly width: number;
}

/** @throws HyperparameterError, DataError, ShapeError, DisposedError */
export async function readProblem(who: string, problem: RegimeProblem): Promise<ProblemSamples> {
  expectOptions(who, problem, problemOptions);
  const { validation } = problem;
  const isPair = validation === undefined || (Array.isArray(validation) && validation.length === 2);
  expectHyperparameter(isPair, who, "validation", "a pair [x, y]", validation);
  const training = await readSamples(who, "", problem.x, problem.y);
  const [count, features] = training.x.shape as readonly [number, number];
  const width = training.y.values.length / count;
  if (validation === undefined) return { training, validation: undefined, count, features, width };
  const validated = await readSamples(who, "validation's ", ...validation);
  expectSameShape(who, "validation's x", training.x, validated.x);
  expectSameShape(who, "validation's y", training.y, validated.y);
  return { training, validation: validated, count, features, width };
}

async function readSamples(who: string, prefix: string, xData: Data, yData: Data): Promise<JobSamples> {
  const [x, y] = [await readRows(`${prefix}x`, xData), await readRows(`${prefix}y`, yData)];
  if (x.values.length === 0 || y.values.length === 0) {
    throw new DataError(
      `${who} expects at least one sample, but ${prefix}${x.values.length === 0 ? "x" : "y"} is empty.`,
    );
  }
  if (x.shape.length !== 2) {
    const mend = x.shape.length === 1 ? " Give each sample a row of its own: [[1], [2], …]." : "";
    const message = `${who} expects ${prefix}x of shape [samples, features], got ${formatShape(x.shape)}.${mend}`;
    throw new ShapeError(message, [null, null], x.shape);
  }
  if (x.shape[0] === y.shape[0]) return { x, y };
  const shapes = `${prefix}y of shape ${formatShape(y.shape)} for ${prefix}x of shape ${formatShape(x.shape)}`;
  const message = `${who} expects as many targets as inputs, got ${shapes}.`;
  throw new ShapeError(message, [x.shape[0] ?? null, ...y.shape.slice(1)], y.shape);
}

async function readRows(name: string, data: Data): Promise<Rows> {
  if (data instanceof tf.Tensor) {
    if (data.isDisposed) throw new DisposedError(`${name} is a tensor that was disposed. Make it anew.`);
    const rows = { values: Float32Array.from(await data.data()), shape: [...data.shape] };
    expectFiniteValues(name, rows.values, rows.shape);
    return rows;
  }
  const rows = flattenData(name, data);
  expectFiniteValues(name, rows.values, rows.shape);
  return rows;
}

function expectSameShape(who: string, name: string, { shape: first }: Rows, { shape }: Rows): void {
  const expected = [null, ...first.slice(1)];
  if (formatShape([null, ...shape.slice(1)]) === formatShape(expected)) return;
  const message = `${who} expects ${name} of shape ${formatShape(expected)}, got ${formatShape(shape)}.`;
  throw new ShapeError(message, expected, shape);
}
