import * as tf from "@tensorflow/tfjs-core";

/** Whether what computes still answers. A GPU that was taken away does not, nor does anything that is asked of it later. */
export async function isDeviceThere(): Promise<boolean> {
  try {
    // A sine, since tfjs computes simpler things of a single number on the host.
    const answer = tf.tidy(() => tf.sin(tf.tensor1d([0])));
    try {
      await answer.data();
    } finally {
      answer.dispose();
    }
    return true;
  } catch {
    return false;
  }
}
