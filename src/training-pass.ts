import * as tf from "@tensorflow/tfjs-core";
import type { Assignment } from "./assignment.ts";
import type { RandomStream } from "./random.ts";
import { expectShape, sizeOf, type Shape } from "./shape.ts";

/** Random numbers that a layer asked for. */
export interface Draw {
  readonly random: RandomStream;
  readonly tensor: tf.Tensor;
}

/**
 * What a layer may do in a training step that it may not in a prediction: draw random numbers, and leave new values for
 * variables that are not trained, such as moving means. A forward pass without one is a prediction.
 */
export class TrainingPass {
  readonly #step: number;
  #updates: Assignment[] = [];
  /** What was drawn so far. */
  readonly draws: Draw[] = [];

  /** @param step how many training steps the model has taken before this one */
  constructor(step: number) {
    this.#step = step;
  }

  /**
   * Numbers from U(0, 1), 1 excluded, the same on every backend: they follow from the stream and from how many steps the
   * model has taken, so that a step taken again draws the same. The caller tidies.
   *
   * @param random the stream that the layer was built with, or a part of it
   */
  uniform(random: RandomStream, shape: Shape): tf.Tensor {
    const tensor = tf.tensor(uniformAt(this.#step, random, shape), [...shape], "float32");
    this.draws.push({ random, tensor });
    return tensor;
  }

  /**
   * Has the step give a variable of the layer's `state` a new value, once the step is whole.
   *
   * @throws ShapeError unless the value is of the variable's shape
   */
  update(variable: tf.Variable, value: tf.Tensor): void {
    if (!tf.util.arraysEqual(variable.shape, value.shape))
      expectShape("A training pass", "a new value", variable.shape, value.shape);
    // Kept: the forward pass is differentiated, and what it makes is gone once its gradients are there.
    this.#updates.push({ variable, value: tf.keep(tf.clone(value)) });
  }

  /** The values that were left, from now on the caller's tidy's. */
  takeUpdates(): Assignment[] {
    return this.#updates.map(({ variable, value }) => ({ variable, value: tf.clone(value) }));
  }

  /** Frees what was left here. */
  dispose(): void {
    for (const { value } of this.#updates) value.dispose();
    this.#updates = [];
  }
}

/** Numbers from U(0, 1), 1 excluded, that follow from a stream and the number of a step. */
export function uniformAt(step: number, random: RandomStream, shape: Shape): Float32Array {
  const stream = random.split(step);
  const values = new Float32Array(sizeOf(shape));
  for (let index = 0; index < values.length; index++) values[index] = stream.uniform();
  return values;
}
