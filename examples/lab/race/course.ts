import type { Curve, Path } from "rivulet";
import type { Measure } from "./state.ts";

/** Where a run stands at some moment of the race. */
export interface Standing {
  /** How many points of its course lie before it, the one that it stands at or has passed counted. */
  readonly points: number;
  /** In the measure that the race is looked at by: no further than the run got. */
  readonly value: number;
  /** Between the two points around it, in a straight line; null where one of them has none. */
  readonly loss: number | null;
  readonly x: number | undefined;
  readonly y: number | undefined;
  /** Whether the run has come to its end by then. */
  readonly isOver: boolean;
}

/**
 * Where a run stands after so many epochs, seconds or steps.
 *
 * @returns undefined for a run of which nothing was measured
 */
export function standingAt(curve: Curve, path: Path | null, by: Measure, moment: number): Standing | undefined {
  const values = curve[by];
  const last = values.length - 1;
  const end = values[last];
  if (end === undefined) return undefined;
  const value = Math.min(moment, end);
  const before = lastUpTo(values, value);
  const after = Math.min(before + 1, last);
  const [from = NaN, to = NaN] = [values[before], values[after]];
  const part = to > from ? (value - from) / (to - from) : 0;
  const between = (numbers: readonly (number | null)[] | undefined) => {
    const [a, b] = [numbers?.[before], numbers?.[after]];
    return a == null ? undefined : part === 0 ? a : b == null ? undefined : a + part * (b - a);
  };
  return {
    points: before + 1,
    value,
    loss: between(curve.trainingLoss) ?? null,
    x: between(path?.x),
    y: between(path?.y),
    isOver: moment >= end,
  };
}

/** The place of the last number that is not above a limit; 0 where all are. */
function lastUpTo(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((values[middle] ?? Infinity) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** How far an axis reaches. */
export interface Extent {
  readonly least: number;
  readonly most: number;
}

/** From the start, or on a logarithmic axis from the first point after it, to where the longest run ended. */
export function extentOf(curves: readonly Curve[], by: Measure, isLogarithmic: boolean): Extent {
  const most = Math.max(0, ...curves.map((curve) => curve[by].at(-1) ?? 0));
  if (!isLogarithmic) return { least: 0, most: most || 1 };
  const first = curves.flatMap((curve) => curve[by].find((value) => value > 0) ?? []);
  const least = Math.min(...first, most || 1);
  return { least, most: most > least ? most : 10 * least };
}

/** The moment at a part of an axis, from 0 to 1: of a logarithmic one its left end is the start. */
export function momentAt(part: number, { least, most }: Extent, isLogarithmic: boolean): number {
  if (!isLogarithmic) return part * most;
  return part === 0 ? 0 : least * (most / least) ** part;
}
