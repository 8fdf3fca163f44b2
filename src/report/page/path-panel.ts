import * as Plot from "@observablehq/plot";
import type { LossSlice, Path } from "../../regimes/comparison.ts";
import { formatNumber } from "../numbers.ts";
import type { Heights } from "./contours.ts";
import type { Series } from "./series.ts";

/** A picture is at most so much lower or higher than it is wide, where the axes are to have one scale. */
const shapes = { lowest: 0.5, highest: 1.25 };

/** Whether one unit is as long on both axes, so that paths cross contours at the angle that they do. */
export function hasOneScale({ x, y }: LossSlice): boolean {
  const ratio = extentOf(y) / extentOf(x);
  return ratio >= shapes.lowest && ratio <= shapes.highest;
}

/** One regime's path over the contours of the loss: a ring where it starts, its mark where it ends. */
export function pathPanel(slice: LossSlice, heights: Heights, { series, path, width }: PathPanel) {
  const { color, symbol } = series.appearance;
  const ratio = hasOneScale(slice) ? extentOf(slice.y) / extentOf(slice.x) : 0.8;
  const margins = { marginTop: 8, marginRight: 10, marginBottom: 36, marginLeft: 46 };
  const points = path.x.map((x, index) => ({ x, y: path.y[index] ?? NaN }));
  const axis = (places: readonly number[], label: string) => {
    const domain = [places[0] ?? 0, places.at(-1) ?? 1];
    return { domain, label, labelAnchor: "center", ticks: 4, tickFormat: formatNumber, nice: false } as const;
  };
  return Plot.plot({
    ...margins,
    width,
    height: Math.round(
      ratio * (width - margins.marginLeft - margins.marginRight) + margins.marginTop + margins.marginBottom,
    ),
    className: "chart",
    ariaLabel: `Path of regime ${series.name} over the training loss`,
    x: axis(slice.x, slice.axes[0]),
    y: axis(slice.y, slice.axes[1]),
    color: { type: "linear", domain: endsOf(heights.thresholds), interpolate: shade },
    marks: [
      contourOf(slice, heights),
      Plot.line(points, { x: "x", y: "y", stroke: "var(--paper)", strokeWidth: 3.5, strokeOpacity: 0.7, clip: true }),
      Plot.line(points, { x: "x", y: "y", stroke: color, strokeWidth: 1.5, clip: true, ariaLabel: "path" }),
      Plot.dot(points.slice(0, 1), { x: "x", y: "y", r: 5, stroke: color, strokeWidth: 2, fill: "var(--paper)" }),
      Plot.dot(points.slice(-1), { x: "x", y: "y", r: 5, symbol, stroke: "var(--paper)", fill: color }),
    ],
  });
}

interface PathPanel {
  readonly series: Series;
  readonly path: Path;
  readonly width: number;
}

function contourOf({ x, y }: LossSlice, { values, thresholds }: Heights): Plot.Markish {
  // Plot takes each number of a grid for the middle of its cell.
  const [acrossHalf, downHalf] = [extentOf(x) / (x.length - 1) / 2, extentOf(y) / (y.length - 1) / 2];
  return Plot.contour(values, {
    width: x.length,
    height: y.length,
    x1: (x[0] ?? 0) - acrossHalf,
    x2: (x.at(-1) ?? 0) + acrossHalf,
    y1: (y[0] ?? 0) - downHalf,
    y2: (y.at(-1) ?? 0) + downHalf,
    fill: Plot.identity,
    stroke: "var(--contour)",
    strokeWidth: 0.6,
    thresholds: [...thresholds],
    clip: true,
    ariaLabel: "contours",
  });
}

/** A colour between the page's and its shade's, which the style sheet names: both change with the colour scheme. */
function shade(share: number): string {
  return `color-mix(in oklab, var(--shade) ${Math.round(100 * share)}%, var(--paper))`;
}

function extentOf(places: readonly number[]): number {
  return (places.at(-1) ?? 1) - (places[0] ?? 0) || 1;
}

function endsOf(thresholds: readonly number[]): number[] {
  const [first = 0, last = first] = [thresholds[0], thresholds.at(-1)];
  return first < last ? [first, last] : [first, first + 1];
}
