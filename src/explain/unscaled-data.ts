import * as tf from "@tensorflow/tfjs-core";
import { isWeighted } from "../layer.ts";
import { formatNumbers } from "../nested-numbers.ts";
import type { UnscaledData } from "./finding.ts";
import { layerInputsOf } from "./layer-inputs.ts";
import type { Look } from "./look.ts";

/** Beyond this in size a column is not scaled. */
const largestSize = 10;

/** Beyond this times the size of another column, two do not go together. */
const largestRatio = 100;

/**
 * Whether what the first weights multiply is far from −1 … 1, or its columns are of very different size: descent is then
 * as slow along the small ones as it must be for the large ones. All inputs are looked at; behind layers that may scale
 * them, those of a few samples.
 */
export async function unscaledInputs(look: Look): Promise<UnscaledData[]> {
  const behind = tf.tidy(() => {
    const layers = layerInputsOf(look);
    const first = layers.findIndex(({ layer }) => isWeighted(layer));
    const reached = layers[first];
    return first <= 0 || reached === undefined ? undefined : { name: reached.name, input: tf.clone(reached.input) };
  });
  try {
    if (behind === undefined) return await lookAt("unscaledInputs", "x", (look.all ?? look.samples).x);
    return await lookAt("unscaledInputs", `The input of ${behind.name}`, behind.input);
  } finally {
    behind?.input.dispose();
  }
}

/** The same of targets that the prediction is to meet: labels have no scale. */
export async function unscaledTargets({ model, all, samples }: Look): Promise<UnscaledData[]> {
  const isNumber = tf.tidy(() => tf.util.arraysEqual(model.forward(samples.x).shape, samples.y.shape));
  return isNumber ? lookAt("unscaledTargets", "y", (all ?? samples).y) : [];
}

async function lookAt(kind: UnscaledData["kind"], name: string, data: tf.Tensor): Promise<UnscaledData[]> {
  const columns = await rangesOf(data);
  const sizes = columns.map(({ smallest, largest }) => Math.max(-smallest, largest));
  const most = Math.max(...sizes);
  const least = Math.min(...sizes.filter((size) => size > 0));
  const advice = "Scale every column to about −1 … 1, for instance to mean 0 and deviation 1.";
  const where = (column: number) => (columns.length === 1 ? "" : ` in column ${column}`);
  if (most > largestSize && Number.isFinite(most)) {
    const column = sizes.indexOf(most);
    const { smallest, largest } = columns[column] as Range;
    const range = `${formatNumbers(smallest)} to ${formatNumbers(largest)}`;
    const message = `${name} is not scaled: it reaches from ${range}${where(column)}. ${advice}`;
    return [{ kind, message, column, smallest, largest }];
  }
  if (!(most > largestRatio * least)) return [];
  const column = sizes.indexOf(least);
  const message =
    `${name} is not scaled: its numbers are up to ${formatNumbers(most)} in size${where(sizes.indexOf(most))}, ` +
    `but only up to ${formatNumbers(least)}${where(column)}. ${advice}`;
  return [{ kind, message, column, ...(columns[column] as Range) }];
}

interface Range {
  readonly smallest: number;
  readonly largest: number;
}

/**
 * The range of each column, found on the device: only the ranges are read back. On WebGL tfjs finds no minimum above 1e20
 * and no maximum below −1e20, which is as good as the truth here.
 */
async function rangesOf(data: tf.Tensor): Promise<Range[]> {
  const ranges = tf.tidy(() => {
    const table = tf.reshape(data, [data.shape[0] ?? 1, -1]);
    return [tf.min(table, 0), tf.max(table, 0)] as [tf.Tensor, tf.Tensor];
  });
  try {
    const [smallest, largest] = await Promise.all(ranges.map((range) => range.data()));
    return Array.from(smallest ?? [], (value, column) => ({ smallest: value, largest: largest?.[column] ?? NaN }));
  } finally {
    tf.dispose(ranges);
  }
}
