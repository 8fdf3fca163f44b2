import * as tf from "@tensorflow/tfjs-core";
import { sliceSamples, type Samples } from "./batches.ts";
import { expectFinite, toTensor, type Data } from "./data.ts";
import { DataError, ShapeError } from "./errors.ts";
import type { Loss } from "./losses.ts";
import { expectTarget } from "./losses/expect-target.ts";
import type { TrainableModel } from "./model.ts";
import { expectShape, formatShape } from "./shape.ts";
import { expectNoTidy } from "./tidy.ts";

/** What samples have to fit. */
interface Purpose {
  /** The call that takes them, for its messages. */
  readonly who: string;
  readonly model: Pick<TrainableModel, "inputShape" | "outputShape">;
  readonly loss: Loss;
}

/**
 * Samples as float32 tensors, checked; the caller disposes of them.
 *
 * @throws ShapeError, DataError, DisposedError
 */
export async function prepareSamples(purpose: Purpose, xData: Data, yData: Data, names = ["x", "y"]): Promise<Samples> {
  expectNoTidy(purpose.who);
  const [xName = "x", yName = "y"] = names;
  const samples: { x?: tf.Tensor; y?: tf.Tensor } = {};
  try {
    const x = (samples.x = toTensor(xName, xData));
    const y = (samples.y = toTensor(yName, yData));
    expectSamples(purpose, xName, x, yName, y);
    if (xData instanceof tf.Tensor) await expectFinite(xName, x);
    if (yData instanceof tf.Tensor) await expectFinite(yName, y);
    return { x, y };
  } catch (error) {
    samples.x?.dispose();
    samples.y?.dispose();
    throw error;
  }
}

/**
 * Refuses what is not as many targets as inputs, and none at all.
 *
 * @throws DataError, ShapeError
 */
export function expectPairs(who: string, xName: string, x: tf.Tensor, yName: string, y: tf.Tensor): void {
  if (x.size === 0 || y.size === 0) {
    throw new DataError(`${who} expects at least one sample, but ${x.size === 0 ? xName : yName} is empty.`);
  }
  if (x.shape[0] === y.shape[0]) return;
  throw new ShapeError(
    `${who} expects as many targets as inputs, got ${yName} of shape ${formatShape(y.shape)} ` +
      `for ${xName} of shape ${formatShape(x.shape)}.`,
    [x.shape[0] ?? null, ...y.shape.slice(1)],
    y.shape,
  );
}

function expectSamples(purpose: Purpose, xName: string, x: tf.Tensor, yName: string, y: tf.Tensor): void {
  const { who, model, loss } = purpose;
  const { inputShape, outputShape } = model;
  const isList = x.rank === 1 && inputShape.length === 1 && x.size > 0;
  const mend = isList ? "Give each sample a row of its own: [[1], [2], …]." : "";
  if (x.size > 0) expectShape(who, xName, [null, ...inputShape], x.shape, mend);
  expectPairs(who, xName, x, yName, y);
  expectTarget(who, loss, y.shape, [x.shape[0], ...outputShape], yName);
}

/**
 * Splits the last fraction off, at floor(n (1 − fraction)). Both parts are the caller's to dispose of.
 *
 * @throws DataError if a part would be empty
 */
export function splitSamples(samples: Samples, fraction: number): { training: Samples; validation: Samples } {
  const count = samples.x.shape[0];
  // Rounded to 12 digits first: 10 · (1 − 0.9) is 0.9999999999999998, and its floor 0.
  const trained = Math.floor(Number((count * (1 - fraction)).toPrecision(12)));
  if (trained === 0 || trained === count) {
    throw new DataError(
      `validationSplit ${fraction} of ${count} samples leaves ${trained} to train on and ${count - trained} to validate on. ` +
        "Both need at least one.",
    );
  }
  const part = (start: number, size: number) =>
    tf.tidy(() => {
      const { x, y } = sliceSamples(samples, { start, size });
      return { x, y };
    });
  return { training: part(0, trained), validation: part(trained, count - trained) };
}
