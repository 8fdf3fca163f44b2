import { RandomStream } from "rivulet";

/** Points on a line and what was measured there. */
export interface Points {
  readonly x: readonly number[][];
  readonly y: readonly number[][];
}

/** Inputs are in (−2, 2). */
export const span = 2;

const wildPart = 0.1;

/** y = sin 3x, a tenth of it far off the mark; the points to test on are all on it. */
export function drawCurve(seed: number): { readonly training: Points; readonly test: Points } {
  const random = new RandomStream(seed, "curve");
  const draw = (count: number, isMeasured: boolean): Points => {
    const x = Array.from({ length: count }, () => [span * (2 * random.uniform() - 1)]);
    const y = x.map(([value = 0]) => {
      const isWild = isMeasured && random.uniform() < wildPart;
      return [Math.sin(3 * value) + (isWild ? 5 * random.uniform() : 0)];
    });
    return { x, y };
  };
  return { training: draw(512, true), test: draw(256, false) };
}
