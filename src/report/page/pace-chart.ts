import * as Plot from "@observablehq/plot";
import type { RegimeRow, Spread } from "../../regimes/regime.ts";
import { formatNumber } from "../numbers.ts";
import { bar, middle, rowChart, type ChartRow } from "./row-chart.ts";
import type { Series } from "./series.ts";

interface PaceRow extends ChartRow {
  readonly spread: Spread | null;
}

/** Steps per second: a bar for each regime, a line across its end for the quartiles. */
export function paceChart(series: readonly Series[], regimes: readonly RegimeRow[], width: number) {
  const rows = series.map((each): PaceRow => {
    const spread = regimes[each.index]?.measured.stepsPerSecond ?? null;
    return { ...each, spread, value: spread === null ? "not measured" : formatNumber(spread.median) };
  });
  const largest = Math.max(0, ...rows.map(({ spread }) => spread?.upper ?? spread?.median ?? 0));
  const axis = { type: "linear", domain: [0, largest || 1], label: "steps per second" } as const;
  const ariaLabel = "Steps per second of each regime";
  return rowChart(rows, axis, { width, ariaLabel, marks: [...rows.map(barOf), quartiles(rows)] });
}

function barOf({ index, appearance, spread }: PaceRow): Plot.Markish {
  const ariaLabel = () => `bar ${index + 1}`;
  const median = spread?.median ?? 0;
  return Plot.barX([{ index, median }], { ...bar, y: "index", x: "median", fill: appearance.color, ariaLabel });
}

function quartiles(rows: readonly PaceRow[]): Plot.Markish {
  const known = rows.flatMap(({ index, spread }) => (spread === null ? [] : { index, ...spread }));
  const place = { y: "index", ...middle, stroke: "currentColor", strokeWidth: 1.25 } as const;
  return [
    Plot.link(known, { ...place, x1: "lower", x2: "upper" }),
    Plot.dot(known, { ...place, x: "median", r: 2.5, fill: "var(--paper)" }),
  ];
}
