import * as tf from "@tensorflow/tfjs-core";
import type { Look } from "./look.ts";

/** How good predictions are beside one that does not look at its input. */
export interface BesideConstant {
  /** The loss of the model's predictions. */
  readonly loss: number;
  /** The least loss of a prediction that is the same for every sample. */
  readonly constantLoss: number;
}

/**
 * Compares the predictions for a look's samples with their own mean, and where target and prediction are of one shape with
 * the targets' mean: for the mean squared error no constant is better. What layers add to the loss is left out.
 *
 * @returns undefined where there is nothing to tell apart: all inputs or all targets are the same, or a loss is no number
 */
export async function besideConstant({ model, rule, samples }: Look): Promise<BesideConstant | undefined> {
  const { x, y, weights } = samples;
  const numbers = tf.tidy(() => {
    const prediction = model.forward(x);
    const lossOf = (predicted: tf.Tensor) => tf.cast(rule.loss(y, predicted, weights), "float32") as tf.Tensor;
    const isNumber = tf.util.arraysEqual(prediction.shape, y.shape);
    const constants = [prediction, ...(isNumber ? [y] : [])].map((values) => {
      return tf.add(tf.zerosLike(prediction), tf.mean(values, 0, true));
    });
    return tf.stack([spreadOf(x), spreadOf(y), lossOf(prediction), ...constants.map(lossOf)]);
  });
  try {
    const [xSpread = 0, ySpread = 0, loss = NaN, ...constantLosses] = await numbers.data();
    const constantLoss = Math.min(...constantLosses);
    const isComparable = xSpread > 0 && ySpread > 0 && Number.isFinite(loss) && Number.isFinite(constantLoss);
    return isComparable ? { loss, constantLoss } : undefined;
  } finally {
    numbers.dispose();
  }
}

/** How far samples are apart at most. */
function spreadOf(samples: tf.Tensor): tf.Tensor {
  return tf.max(tf.sub(tf.max(samples, 0), tf.min(samples, 0)));
}
