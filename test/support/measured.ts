import * as tf from "@tensorflow/tfjs-core";
import type { NestedNumbers } from "rivulet";
import type { Metric } from "../../src/metrics.ts";
import { meanOverSamples } from "../../src/history.ts";

/** A metric over all samples, taken in batches of these sizes as an epoch does. */
export async function measured(
  metric: Metric,
  target: readonly NestedNumbers[],
  prediction: readonly NestedNumbers[],
  sizes: readonly number[] = [prediction.length],
): Promise<number> {
  const rows: number[][] = [];
  let start = 0;
  for (const size of sizes) {
    const end = start + size;
    const scalars = tf.tidy(() => {
      const batch = [target, prediction].map((rowsOf) => tf.tensor(rowsOf.slice(start, end), undefined, "float32"));
      const [y, a] = batch as [tf.Tensor, tf.Tensor];
      return typeof metric === "function" ? [metric(y, a)] : metric.measure(y, a);
    });
    rows.push(await Promise.all(scalars.map(async (scalar) => (await scalar.data())[0] as number)));
    tf.dispose(scalars);
    start = end;
  }
  if (typeof metric !== "function") return metric.combine(rows, sizes);
  return meanOverSamples(rows.flat(), sizes);
}
