/** The gradient's length, and its angle in degrees from 0 to 360. */
export interface Polar {
  readonly length: number;
  readonly angle: number;
}

/** A gradient by its length and its angle. */
export function polar([dx = NaN, dy = NaN]: readonly number[]): Polar {
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI;
  return { length: Math.hypot(dx, dy), angle: (degrees + 360) % 360 };
}

/**
 * How fast a function grows in a direction, of its gradient as the library found it:
 *
 *     ∂z/∂l = ∇z · e,   e = (cos α, sin α)
 *
 * as the library's `directionalDerivative` has it, which would find the gradient anew for each direction.
 *
 * @param angle α in degrees to the x axis
 */
export function slopeAlong([dx = NaN, dy = NaN]: readonly number[], angle: number): number {
  const radians = (angle * Math.PI) / 180;
  return dx * Math.cos(radians) + dy * Math.sin(radians);
}
