import * as tf from "@tensorflow/tfjs-core";
import type { ScalarFunction } from "rivulet";

export type Interval = readonly [number, number];

/** A function to descend on. */
export interface DescentFunction {
  /** Of x alone, or of x and y. */
  readonly variables: 1 | 2;
  /** Its value at each of many points, in tf operations. Of one variable it takes no notice of y. The caller tidies. */
  readonly evaluate: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor;
  /** The part that is worth seeing: of one variable, y is what the function's values are cut to. */
  readonly view: { readonly x: Interval; readonly y: Interval };
  /** A value on the way that its table shows too. */
  readonly inner?: { readonly name: string; readonly evaluate: (x: tf.Tensor) => tf.Tensor };
}

/** What a descent needs of it. */
export type Descended = Pick<DescentFunction, "variables" | "evaluate">;

/** What a function starts with: where something is to be seen of it. */
export interface Setting {
  readonly x: number;
  readonly y: number;
  readonly rate: number;
  readonly momentum: number;
}

/** A = X + 1, B = A², C = ln B, D = √C, E = D − 1 */
const chain = (x: tf.Tensor) => tf.sub(tf.sqrt(tf.log(tf.square(tf.add(x, 1)))), 1);

/** The functions to choose from, and how each starts. */
export const presets = {
  /** (x − 2)² + 1 */
  parabola: {
    variables: 1,
    evaluate: (x) => tf.add(tf.square(tf.sub(x, 2)), 1),
    view: { x: [-0.8, 4.8], y: [0, 8] },
    setting: { x: 1, y: 0, rate: 0.1, momentum: 0.9 },
  },
  /** ½ (E − ½)² */
  chain: {
    variables: 1,
    evaluate: (x) => tf.mul(0.5, tf.square(tf.sub(chain(x), 0.5))),
    view: { x: [0.05, 4], y: [0, 0.5] },
    inner: { name: "E", evaluate: chain },
    setting: { x: 2, y: 0, rate: 1, momentum: 0.9 },
  },
  /** x⁴ − 2x² + 0.3x: a shallow valley at 0.96, a hill at 0.08, a deep one at −1.04 */
  valleys: {
    variables: 1,
    evaluate: (x) => tf.add(tf.sub(tf.pow(x, 4), tf.mul(2, tf.square(x))), tf.mul(0.3, x)),
    view: { x: [-1.9, 2.05], y: [-1.8, 5] },
    setting: { x: 1.8, y: 0, rate: 0.01, momentum: 0.9 },
  },
  /** x² + y² */
  bowl: {
    variables: 2,
    evaluate: (x, y) => tf.add(tf.square(x), tf.square(y)),
    view: { x: [-4, 4], y: [-3, 3] },
    setting: { x: 3, y: 2, rate: 0.1, momentum: 0.9 },
  },
  /** ½ (x² + 20y²) */
  ravine: {
    variables: 2,
    evaluate: (x, y) => tf.mul(0.5, tf.add(tf.square(x), tf.mul(20, tf.square(y)))),
    view: { x: [-4, 4], y: [-3, 3] },
    setting: { x: -3.5, y: 1.5, rate: 0.08, momentum: 0.7 },
  },
  /** x² − y² + ¼y⁴: level at (0, 0), which is no bottom; the bottoms lie at (0, ±√2) */
  saddle: {
    variables: 2,
    evaluate: (x, y) => tf.add(tf.sub(tf.square(x), tf.square(y)), tf.mul(0.25, tf.pow(y, 4))),
    view: { x: [-4, 4], y: [-3, 3] },
    setting: { x: 3, y: 0.01, rate: 0.1, momentum: 0.8 },
  },
} as const satisfies Record<string, DescentFunction & { readonly setting: Setting }>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as PresetName[];

/** The function of one tensor that is descended on: a number for one variable, [x, y] for two. */
export function objectiveOf({ variables, evaluate }: Descended): ScalarFunction {
  if (variables === 1) return (point) => evaluate(point, point);
  return (point) => {
    const [x, y] = tf.unstack(point);
    if (x === undefined || y === undefined) throw new Error("A point of the plane has two coordinates.");
    return evaluate(x, y);
  };
}
