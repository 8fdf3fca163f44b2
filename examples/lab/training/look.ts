import * as tf from "@tensorflow/tfjs-core";
import type { Sequential } from "rivulet";
import { givesLogits } from "./network.ts";
import type { TrainingTask } from "./task.ts";

/**
 * What every unit makes of the points of the grid, layer by layer, the output last and as a probability where it is a
 * logit: [points, columns]. Put together before it is read, so that a GPU is waited for once.
 *
 * @throws DeviceLostError
 */
export async function lookAt(model: Sequential, { grid, inputs, loss }: TrainingTask): Promise<Float32Array> {
  const outputs = tf.tidy(() => {
    let x: tf.Tensor = tf.tensor2d(grid, [grid.length / inputs, inputs]);
    const columns = model.layers.map((layer) => (x = layer.forward(x)));
    if (givesLogits({ loss })) columns.push(tf.sigmoid(columns.pop() ?? x));
    return tf.concat(columns, 1);
  });
  try {
    // A copy: a backend on the host hands out its own memory, which must not be sent away.
    return Float32Array.from(await outputs.data());
  } finally {
    outputs.dispose();
  }
}
