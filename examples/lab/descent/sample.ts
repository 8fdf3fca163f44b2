import * as tf from "@tensorflow/tfjs-core";
import type { DescentFunction, Interval } from "./functions.ts";

/** A function's values over a part of the plane, somewhat larger than what is drawn. */
export interface Surface {
  readonly x: Interval;
  readonly y: Interval;
  /** In x, and in y. */
  readonly columns: number;
  readonly rows: number;
  /** Row by row, from the least y up. */
  readonly values: Float32Array;
}

/** Points of a function's curve, and the part of the plane to draw it in. */
export interface Curve {
  readonly x: Interval;
  readonly y: Interval;
  readonly points: readonly (readonly [number, number])[];
}

const columns = 97;
const rows = 73;
const curvePoints = 401;

/** Samples a function of x and y over a part of the plane. */
export async function sampleSurface(f: DescentFunction, view: DescentFunction["view"]): Promise<Surface> {
  const [x, y] = [beyond(view.x), beyond(view.y)];
  const values = tf.tidy(() => {
    const across = tf.tile(tf.reshape(tf.linspace(x[0], x[1], columns), [1, columns]), [rows, 1]);
    const up = tf.tile(tf.reshape(tf.linspace(y[0], y[1], rows), [rows, 1]), [1, columns]);
    return tf.add(f.evaluate(across, up), tf.zeros([rows, columns]));
  });
  return { x, y, columns, rows, values: await take(values) };
}

/** A little more on both sides: contours end untidily at the edge of what was sampled. */
function beyond([low, high]: Interval): Interval {
  const room = 0.03 * (high - low);
  return [low - room, high + room];
}

/** Samples a function of x around the start. */
export async function sampleCurve(f: DescentFunction, start: number): Promise<Curve> {
  const [low, high] = f.view.x;
  const room = 0.05 * Math.max(high - low, Math.abs(start));
  const x: Interval = [Math.min(low, start - room), Math.max(high, start + room)];
  const xs = tf.linspace(x[0], x[1], curvePoints);
  const [at, values] = [await xs.data<"float32">(), await take(tf.tidy(() => tf.clone(f.evaluate(xs, xs))))];
  xs.dispose();
  const isWide = low <= start && start <= high;
  const isGiven = isWide && f.view.y.every(Number.isFinite);
  const points = Array.from(at, (place, index) => [place, values[index] ?? NaN] as const);
  return { x, y: isGiven ? f.view.y : heightOf([...values]), points };
}

/** What shows most of the values: a pole does not flatten all the rest. */
function heightOf(values: readonly number[]): Interval {
  const sorted = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  const low = sorted[Math.floor(0.01 * sorted.length)] ?? 0;
  const high = sorted[Math.ceil(0.97 * sorted.length) - 1] ?? 1;
  const room = 0.08 * (high - low) || 1;
  return [low - room, high + room];
}

/** The view, scaled about its middle until the start lies well in it: a circle stays a circle. */
export function viewOf(f: DescentFunction, start: readonly [number, number]): DescentFunction["view"] {
  const { x, y } = f.view;
  const [middleX, middleY] = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
  const [halfX, halfY] = [(x[1] - x[0]) / 2, (y[1] - y[0]) / 2];
  const outside = Math.max(Math.abs(start[0] - middleX) / halfX, Math.abs(start[1] - middleY) / halfY);
  const scale = outside > 1 ? 1.15 * outside : 1;
  return {
    x: [middleX - scale * halfX, middleX + scale * halfX] as const,
    y: [middleY - scale * halfY, middleY + scale * halfY] as const,
  };
}

async function take(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return await tensor.data<"float32">();
  } finally {
    tensor.dispose();
  }
}
