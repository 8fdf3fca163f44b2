/**
 * W10. The gradient is the direction of fastest growth. How fast a function grows in any other direction is the
 * gradient's shadow on it.
 *
 *     ∂z/∂l = ∇z · e,   e = (cos α, cos β),  β = 90° − α
 */
import * as tf from "@tensorflow/tfjs-core";
import { directionalDerivative, gradient } from "rivulet";
import { take, takeOne } from "./numbers.ts";
import { page, round, roundAll, table } from "./page.ts";

export const title = "W10  Directional derivative and gradient";

/** ln(x² + y²) */
const logarithm = (point: tf.Tensor) => tf.log(tf.sum(tf.square(point)));

/** x² + y² + z² */
const sumOfSquares = (point: tf.Tensor) => tf.sum(tf.square(point));

/** Where the directions are swept. */
export const center = [1, 2] as const;

/** ∇ ln(x² + y²) at a point. */
export async function logarithmGradient(point: readonly [number, number] = center): Promise<number[]> {
  return take(gradient(logarithm)(point));
}

/** What it is checked against, (2x, 2y) / (x² + y²). */
export function logarithmGradientOnPaper([x, y]: readonly [number, number] = center): number[] {
  return [x, y].map((coordinate) => (2 * coordinate) / (x ** 2 + y ** 2));
}

/** The slope of ln(x² + y²) at (1, 2) in the direction at α degrees to the x axis. */
export async function slopeAt(angle: number): Promise<number> {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const direction = [Math.cos(radians(angle)), Math.cos(radians(90 - angle))];
  return takeOne(directionalDerivative(logarithm, center, direction));
}

export interface Sweep {
  /** The slope at every whole degree from 0 to 359. */
  readonly slopes: readonly number[];
  /** The degree at which it is largest, and smallest. */
  readonly steepestUp: number;
  readonly steepestDown: number;
}

/** Turns the direction once round. */
export async function sweep(): Promise<Sweep> {
  const slopes: number[] = [];
  for (let angle = 0; angle < 360; angle++) slopes.push(await slopeAt(angle));
  return {
    slopes,
    steepestUp: slopes.indexOf(Math.max(...slopes)),
    steepestDown: slopes.indexOf(Math.min(...slopes)),
  };
}

/** The gradient's length and its angle to the x axis in degrees. */
export async function polarGradient(): Promise<{ readonly length: number; readonly angle: number }> {
  const [dx = NaN, dy = NaN] = await logarithmGradient();
  return { length: Math.hypot(dx, dy), angle: (Math.atan2(dy, dx) * 180) / Math.PI };
}

/** ∇(x² + y² + z²) at (2, 1, −1), and the slope along it. */
export async function inSpace(): Promise<{ readonly gradient: number[]; readonly slopeAlong: number }> {
  const point = [2, 1, -1];
  const direction = await take(gradient(sumOfSquares)(point));
  return { gradient: direction, slopeAlong: await takeOne(directionalDerivative(sumOfSquares, point, direction)) };
}

export async function report(): Promise<string> {
  const { length, angle } = await polarGradient();
  const { slopes, steepestUp } = await sweep();
  const [along, across, against] = [await slopeAt(angle), await slopeAt(angle + 90), await slopeAt(angle + 180)];
  const space = await inSpace();
  const swept = slopes.flatMap((slope, degrees) => (degrees % 30 === 0 ? [[`${degrees}°`, slope]] : []));
  return page(
    title,
    `At (1, 2) the gradient of z = ln(x² + y²) is ${roundAll(await logarithmGradient())}, and (2x, 2y) / (x² + y²) ` +
      `says ${roundAll(logarithmGradientOnPaper())}. Its length is ${round(length)}, its angle ${round(angle, 4)}°.`,
    "How fast does z grow in the direction at angle α?",
    table(["α", "∂z/∂l"], swept),
    `Of all whole degrees it grows fastest at ${steepestUp}°, the nearest to the gradient's own angle. Exactly there:`,
    table(
      ["direction", "∂z/∂l"],
      [
        ["along the gradient", round(along)],
        ["across it", Math.abs(across).toFixed(6)],
        ["against it", round(against)],
      ],
    ),
    "Along the gradient the slope is the gradient's length; across it the ground is level; against it lies the " +
      "steepest way down, which is where descent goes.",
    `The same in space: ∇(x² + y² + z²) at (2, 1, -1) is ${roundAll(space.gradient)}, and the slope along it is its ` +
      `length, ${round(space.slopeAlong)}.`,
  );
}
