import type { LossChart } from "./loss-chart.ts";
import type { CurvePoint } from "./median-curve.ts";
import type { Series } from "./series.ts";

/** How far above the highest start a chart reaches: what diverges leaves it. */
const headroom = 10;

/** The extent of a chart of losses. */
export interface LossScale {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  /** Whether there are losses above it. */
  readonly isCut: boolean;
  /** Whether a point has a place: 0 has none on a log axis. */
  readonly has: (point: CurvePoint) => boolean;
}

/** A log axis only where there is something above 0; both ends of an axis always differ. */
export function lossScale(
  series: readonly Series[],
  { axis, choice, target }: Pick<LossChart, "axis" | "choice" | "target">,
): LossScale {
  const all = series.flatMap(({ points }) => points);
  const isLogX = choice.logCount && all.some((point) => point[axis] > 0);
  const isLogY = choice.logLoss && all.some(({ median }) => median > 0);
  const has = (point: CurvePoint) => (!isLogX || point[axis] > 0) && (!isLogY || point.lower > 0);
  const points = all.filter(has);
  const starts = series.flatMap(({ points: own }) => own[0]?.upper ?? []);
  const ceiling = headroom * Math.max(...starts);
  const marked = target === null || choice.loss === "validationLoss" ? [] : [target];
  const losses = [...points.flatMap(({ lower, upper }) => [lower, upper]), ...marked].filter(
    (loss) => loss <= ceiling && (!isLogY || loss > 0),
  );
  const counts = points.map((point) => point[axis]);
  return {
    x: extentOf(isLogX ? counts : [0, ...counts], isLogX),
    y: extentOf(isLogY ? losses : [0, ...losses], isLogY),
    isLogX,
    isLogY,
    isCut: points.some(({ upper }) => upper > ceiling),
    has,
  };
}

function extentOf(numbers: readonly number[], isLog: boolean): readonly [number, number] {
  if (numbers.length === 0) return isLog ? [1, 10] : [0, 1];
  const [least, largest] = [Math.min(...numbers), Math.max(...numbers)];
  if (least < largest) return [least, largest];
  return isLog ? [least / 2, largest * 2] : [least, largest + 1];
}
