import * as tf from "@tensorflow/tfjs-core";
import { losses, meanAbsoluteError, meanSquaredError, type Loss } from "rivulet";
import { describe, expect, it } from "vitest";
import { expectClose } from "../support/expect-close.ts";

const zeros = [
  [0, 0],
  [0, 0],
];
const numbers = [
  [1, 2],
  [3, 4],
];

async function lossOf(loss: Loss, target: number[][], prediction: number[][]): Promise<number> {
  const value = tf.tidy(() => loss(tf.tensor(target), tf.tensor(prediction)));
  const number = await value.array();
  value.dispose();
  return number;
}

describe("losses", () => {
  it("takes the mean square over all elements, as Keras does", async () => {
    // (1 + 4 + 9 + 16) / 4
    expect(await lossOf(meanSquaredError, zeros, numbers)).toBe(7.5);
  });

  it("takes the mean absolute error over all elements", async () => {
    // (1 + 2 + 3 + 4) / 4
    expect(await lossOf(meanAbsoluteError, zeros, numbers)).toBe(2.5);
  });

  it("has Keras's short names for them", () => {
    expect(losses.mse).toBe(meanSquaredError);
    expect(losses.mae).toBe(meanAbsoluteError);
  });

  it.each(Object.entries(losses))("%s has the gradient of central differences", async (_, loss) => {
    const target = tf.tensor1d([0.5, -1, 2]);
    const point = [0.3, 1.2, -0.7];
    const slope = tf.tidy(() => tf.grad((prediction) => loss(target, prediction))(tf.tensor1d(point)));
    const h = 1e-2;
    const differences: number[] = [];
    for (const index of point.keys()) {
      const at = async (nudge: number) => {
        const value = tf.tidy(() => loss(target, tf.tensor1d(point.with(index, (point[index] as number) + nudge))));
        const number = await value.array();
        value.dispose();
        return number;
      };
      differences.push(((await at(h)) - (await at(-h))) / (2 * h));
    }
    // 1e-4: the losses round at 1e-7, and that is divided by 2 h.
    await expectClose(slope, differences, 1e-4);
    tf.dispose([target, slope]);
  });

  it.each(Object.entries(losses))("%s refuses to broadcast", (_, loss) => {
    tf.tidy(() => {
      expect(() => loss(tf.zeros([4]), tf.zeros([4, 1]))).toThrow(
        `${loss.name} expects a target of shape [4, 1], got [4]. Give the target the prediction's shape.`,
      );
    });
  });
});
