import type * as tf from "@tensorflow/tfjs-core";
import type { Data } from "./data.ts";
import { DisposedError } from "./errors.ts";
import type { Shape } from "./shape.ts";
import type { TrainingPass } from "./training-pass.ts";

/** What a training step needs of a network. `Sequential` is one. */
export interface Model {
  /** x [batch, …input] → prediction [batch, …output]; with a pass as in a training step. */
  forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor;
  readonly parameters: readonly tf.Variable[];
  /** Variables that are not trained, but changed by training steps. */
  readonly state?: readonly tf.Variable[];
  /** What the layers add to the loss, undefined for nothing. The caller tidies. */
  penalty?(): tf.Scalar | undefined;
  /** How many training steps it has taken: what is drawn in the next one follows from it. */
  stepsTaken?: number;
  /** What reports call a parameter, `"dense_1/kernel"`. */
  nameOf(parameter: tf.Variable): string;
  readonly isDisposed: boolean;
}

/** What `fit` and `evaluate` need besides, to check samples before any work. Shapes leave out the batch axis. */
export interface TrainableModel extends Model {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** The whole number that what is random in a training follows from, 0 where there is none. */
  readonly seed?: number;
  /** Copies of the values of `parameters`, then of `state`, which the caller disposes of. */
  getWeights(): tf.Tensor[];
  /** Sets them. */
  setWeights(weights: readonly Data[]): void;
}

/** @throws DisposedError */
export function expectAlive(model: Pick<Model, "isDisposed">): void {
  if (model.isDisposed) throw new DisposedError("This model was disposed, and its weights are gone. Make a new one.");
}
