import * as Plot from "@observablehq/plot";
import type { LossSlice } from "../../regimes/comparison.ts";
import type { Path } from "../../regimes/regime.ts";
import { axisX, axisY, type AxisSettings } from "./axes.ts";
import type { Heights } from "./contours.ts";
import type { Series } from "./series.ts";

const margins = { marginTop: 16, marginRight: 10, marginBottom: 38, marginLeft: 46 };

/** A picture is at most so much lower or higher than it is wide, where the axes are to have one scale. */
const shapes = { lowest: 0.4, highest: 1.5, otherwise: 0.8 };

/** Whether one unit is as long on both axes, so that paths cross contours at the angle that they do. */
export function hasOneScale({ x, y }: LossSlice): boolean {
  const ratio = extentOf(y) / extentOf(x);
  return ratio >= shapes.lowest && ratio <= shapes.highest;
}

/** What a panel shows, and how wide. */
interface PathPanel {
  readonly series: Series;
  readonly path: Path;
  readonly width: number;
}

/** One regime's path over the contours of the loss: a ring where it starts, its mark where it ends. */
export function pathPanel(slice: LossSlice, heights: Heights, { series, path, width }: PathPanel) {
  const across = width - margins.marginLeft - margins.marginRight;
  const down = Math.round(across * (hasOneScale(slice) ? extentOf(slice.y) / extentOf(slice.x) : shapes.otherwise));
  const x = axisOf(slice.x, slice.axes[0], across);
  const y = axisOf(slice.y, slice.axes[1], down);
  return Plot.plot({
    ...margins,
    width,
    height: down + margins.marginTop + margins.marginBottom,
    className: "chart",
    ariaLabel: `Path of regime ${series.name} over the training loss`,
    x: { domain: [...x.domain], axis: null },
    y: { domain: [...y.domain], axis: null },
    color: { type: "linear", domain: endsOf(heights.thresholds), interpolate: shade },
    marks: [contourOf(slice, heights), axisX(x), axisY(y), pathMarks(series, path)],
  });
}

function pathMarks({ appearance: { color, symbol } }: Series, path: Path): Plot.Markish {
  const points = path.x.map((x, index) => ({ x, y: path.y[index] ?? NaN }));
  // What diverges leaves the plane that is shown.
  const place = { x: "x", y: "y", clip: true } as const;
  return [
    // Without a margin of its own a line drowns in the contours.
    Plot.line(points, { ...place, stroke: "var(--paper)", strokeWidth: 4, strokeOpacity: 0.7 }),
    Plot.line(points, { ...place, stroke: color, strokeWidth: 1.5, ariaLabel: () => "path" }),
    Plot.dot(points.slice(0, 1), { ...place, r: 5, stroke: color, strokeWidth: 2, fill: "var(--paper)" }),
    Plot.dot(points.slice(-1), { ...place, r: 5, symbol, stroke: "var(--paper)", fill: color }),
  ];
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
  });
}

function axisOf(places: readonly number[], label: string, length: number): AxisSettings {
  return { type: "linear", domain: [places[0] ?? 0, places.at(-1) ?? 1], label, length };
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
