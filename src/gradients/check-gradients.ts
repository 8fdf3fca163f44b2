import * as tf from "@tensorflow/tfjs-core";
import { expectFinite, toTensor, type Data } from "../data.ts";
import { valueAndGradients } from "../differentiate.ts";
import { expectHyperparameter, expectOptions, isPositiveFloat32 } from "../hyperparameter.ts";
import { resolveLoss, type LossLike } from "../losses.ts";
import { expectTarget } from "../losses/expect-target.ts";
import { expectAlive, type Model } from "../model.ts";
import { Pace } from "../pace.ts";
import { ScalarLog } from "../scalar-log.ts";
import { expectNoTidy } from "../tidy.ts";
import { expectPairs } from "../training-data.ts";

/** How far apart two ways to a parameter's gradient are. */
export interface ParameterCheck {
  /** `"dense_1/kernel"` */
  readonly name: string;
  /** ‖a − n‖ / (‖a‖ + ‖n‖), a automatic, n numeric: 0 where both are zero. */
  readonly error: number;
  readonly passed: boolean;
  /** Row-major. */
  readonly automatic: readonly number[];
  readonly numeric: readonly number[];
}

/** How far apart the two ways are for a whole model. */
export interface GradientCheck {
  readonly passed: boolean;
  /** Over all parameters together, as for one. */
  readonly error: number;
  readonly parameters: readonly ParameterCheck[];
  /** How many times the network ran forward for the numeric gradient: twice for every single weight. */
  readonly forwardPasses: number;
}

/**
 * Compares automatic differentiation, one backward pass, with central differences:
 *
 *     ∂C/∂w ≈ (C(w + h) − C(w − h)) / 2h
 *
 * by the norm of the difference, not the largest element's. In float32 h = 1e-2 balances rounding against curvature, and
 * 1e-3 passes. The model's weights are the same afterwards. Await a `fit` of the model first: its steps would come between.
 *
 * @throws ShapeError, DataError, UnknownNameError, UnconnectedParameterError, DisposedError
 */
export async function checkGradients(
  model: Model,
  x: Data,
  y: Data,
  loss: LossLike,
  options: { readonly step?: number; readonly tolerance?: number } = {},
): Promise<GradientCheck> {
  expectOptions("checkGradients", options, ["step", "tolerance"]);
  const { step = 1e-2, tolerance = 1e-3 } = options;
  expectHyperparameter(isPositiveFloat32(step), "checkGradients", "step", "a finite number above 0", step);
  expectHyperparameter(
    isPositiveFloat32(tolerance),
    "checkGradients",
    "tolerance",
    "a finite number above 0",
    tolerance,
  );
  expectNoTidy("checkGradients");
  const resolved = resolveLoss(loss);
  const samples: tf.Tensor[] = [];
  try {
    const inputs = toTensor("x", x);
    samples.push(inputs);
    const targets = toTensor("y", y);
    samples.push(targets);
    expectPairs("checkGradients", "x", inputs, "y", targets);
    await Promise.all([expectFinite("x", inputs), expectFinite("y", targets)]);
    const cost = (): tf.Scalar => {
      const prediction = model.forward(inputs);
      expectTarget("checkGradients", resolved, targets.shape, prediction.shape);
      return resolved(targets, prediction);
    };
    const automatic = await automaticGradients(cost, model);
    const parameters: ParameterCheck[] = [];
    for (const [index, parameter] of model.parameters.entries()) {
      const numeric = await centralDifferences(model, cost, parameter, step);
      const values = [...(automatic[index] as Float32Array)];
      const error = relativeError(values, numeric);
      parameters.push({ name: model.nameOf(parameter), error, passed: error <= tolerance, automatic: values, numeric });
    }
    const error = relativeError(
      parameters.flatMap((parameter) => parameter.automatic),
      parameters.flatMap((parameter) => parameter.numeric),
    );
    const passed = parameters.every((parameter) => parameter.passed);
    const forwardPasses = 2 * parameters.reduce((count, { numeric }) => count + numeric.length, 0);
    return { passed, error, parameters, forwardPasses };
  } finally {
    tf.dispose(samples);
  }
}

async function automaticGradients(cost: () => tf.Scalar, model: Model): Promise<Float32Array[]> {
  const nameOf = (parameter: tf.Variable) => model.nameOf(parameter);
  const gradients = tf.tidy(() => [...valueAndGradients(cost, model.parameters, nameOf).gradients]);
  try {
    return await Promise.all(gradients.map((gradient) => gradient.data<"float32">()));
  } finally {
    tf.dispose(gradients);
  }
}

/**
 * One weight at a time: nudge it up, run forward, nudge it down, run forward. Each weight is back in its place before
 * anything is awaited, so that nobody sees a nudged one, and nothing that others set meanwhile is undone.
 */
async function centralDifferences(
  model: Model,
  cost: () => tf.Scalar,
  parameter: tf.Variable,
  step: number,
): Promise<number[]> {
  expectAlive(model);
  const values = Float32Array.from(await parameter.data<"float32">());
  const nudges: number[] = [];
  const costs = new ScalarLog();
  const pace = new Pace();
  try {
    for (let index = 0; index < values.length; index++) {
      expectAlive(model);
      const above = Math.fround((values[index] as number) + step);
      const below = Math.fround((values[index] as number) - step);
      for (const value of [above, below]) costs.push([costWith(cost, parameter, values.with(index, value))]);
      // What float32 made of w + h and w − h, not the 2 h that was asked for.
      nudges.push(above - below);
      if (pace.isDue()) await pace.rest();
    }
    const numbers = await costs.read();
    return nudges.map((nudge, index) => {
      return ((numbers[2 * index] as number) - (numbers[2 * index + 1] as number)) / nudge;
    });
  } finally {
    costs.dispose();
  }
}

/** The cost with other values in a parameter, which then has its own again. */
function costWith(cost: () => tf.Scalar, parameter: tf.Variable, values: Float32Array): tf.Scalar {
  return tf.tidy(() => {
    const own = tf.clone(parameter);
    try {
      parameter.assign(tf.tensor(values, parameter.shape));
      return cost();
    } finally {
      parameter.assign(own);
    }
  });
}

function relativeError(a: readonly number[], b: readonly number[]): number {
  const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
  const scale = norm(a) + norm(b);
  return scale === 0 ? 0 : norm(a.map((value, index) => value - (b[index] as number))) / scale;
}
