import * as tf from "@tensorflow/tfjs-core";
import type { NestedNumbers } from "rivulet";
import type { Loss } from "../../src/losses.ts";

/** A loss and its gradient by the prediction, with sample weights if they are given. */
export async function lossAt(
  loss: Loss,
  target: NestedNumbers,
  prediction: NestedNumbers,
  weights?: readonly number[],
): Promise<{ value: number; slope: NestedNumbers }> {
  const tensor = (numbers: NestedNumbers) => tf.tensor(numbers, undefined, "float32");
  const { value, grad } = tf.tidy(() =>
    tf.valueAndGrad((at) => loss(tensor(target), at, weights && tf.tensor1d([...weights])))(tensor(prediction)),
  );
  const numbers = [await value.data(), await grad.array()] as const;
  tf.dispose([value, grad]);
  return { value: numbers[0][0] as number, slope: numbers[1] as NestedNumbers };
}
