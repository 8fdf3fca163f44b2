import type * as tf from "@tensorflow/tfjs-core";
import { ShapeError } from "../src/errors.ts";
import { expectShape, formatShape, type Shape } from "../src/shape.ts";

/** A layer as messages call it. */
interface Described {
  toString(): string;
}

/** For a layer that runs before any model took it. */
export function notBuilt(layer: Described): ShapeError {
  return new ShapeError(`${layer.toString()} has no input yet: it is built when a model takes the layer.`, [], []);
}

/** @throws ShapeError unless the layer was built, and for such an x [batch, …input] */
export function expectInput(
  layer: Described,
  inputShape: Shape | undefined,
  x: tf.Tensor,
): asserts inputShape is Shape {
  if (inputShape === undefined) throw notBuilt(layer);
  // The layer's name is made only where there is an error to tell.
  if (x.rank !== inputShape.length + 1 || !inputShape.every((size, axis) => size === x.shape[axis + 1]))
    expectShape(layer.toString(), "input", [null, ...inputShape], x.shape);
}

/**
 * How many features the last axis has, which some layers work along.
 *
 * @param axis as a user or a file names it: −1, or the number that the last axis has with the batch as 0
 * @throws ShapeError if there is no axis but the batch's, or `axis` is another than the last
 */
export function lastAxisOf(who: string, inputShape: Shape, axis: number): number {
  const features = inputShape.at(-1);
  if (features === undefined)
    throw new ShapeError(`${who} expects an input [batch, …, features], got [batch].`, [null, null], inputShape);
  if (axis === -1 || axis === inputShape.length) return features;
  const message = `${who} works along the last axis of ${formatShape([null, ...inputShape])}, −1 or ${inputShape.length}, got axis ${axis}.`;
  throw new ShapeError(message, [inputShape.length], [axis]);
}
