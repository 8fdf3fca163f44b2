import { directionalDerivative } from "rivulet";
import { nextTask } from "../shell/next-task.ts";
import { objectiveOf, type DescentFunction } from "./functions.ts";

/** Degrees from one direction to the next. */
export const stepInDegrees = 10;

/** ∂f/∂l at a point of the plane, in the direction at an angle in degrees to the x axis. */
export async function slopeAt(f: DescentFunction, point: readonly number[], angle: number): Promise<number> {
  const radians = (angle * Math.PI) / 180;
  const slope = directionalDerivative(objectiveOf(f), [...point], [Math.cos(radians), Math.sin(radians)]);
  try {
    const [number = NaN] = await slope.data<"float32">();
    return number;
  } finally {
    slope.dispose();
  }
}

/**
 * The slopes all round a point, every ten degrees from 0 to 360, a few at a time.
 *
 * @returns undefined if it was aborted
 */
export async function slopesAround(
  f: DescentFunction,
  point: readonly number[],
  signal: AbortSignal,
): Promise<number[] | undefined> {
  const slopes: number[] = [];
  for (let angle = 0; angle <= 360; angle += stepInDegrees) {
    if (slopes.length % 12 === 0) await nextTask();
    if (signal.aborted) return undefined;
    slopes.push(await slopeAt(f, point, angle));
  }
  return slopes;
}

/** The gradient's length, and its angle in degrees from 0 to 360. */
export function polar([dx = NaN, dy = NaN]: readonly number[]): { readonly length: number; readonly angle: number } {
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI;
  return { length: Math.hypot(dx, dy), angle: (degrees + 360) % 360 };
}
