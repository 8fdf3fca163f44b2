import * as Plot from "@observablehq/plot";
import type { RegimeRow } from "../../regimes/regime.ts";
import { formatNumber } from "../numbers.ts";
import { middle, rowChart, type ChartRow } from "./row-chart.ts";
import type { Series } from "./series.ts";

interface NoiseRow extends ChartRow {
  readonly start: number | null;
  readonly end: number | null;
}

/** Gradient noise before the first step, a ring, and after the last, a filled mark, on a log axis: 0 has only its words. */
export function noiseChart(series: readonly Series[], regimes: readonly RegimeRow[], width: number) {
  const rows = series.map((each): NoiseRow => {
    const { noiseAtStart, noiseAtEnd } = regimes[each.index]?.measured ?? {};
    const [start, end] = [noiseAtStart?.median ?? null, noiseAtEnd?.median ?? null];
    return { ...each, start, end, value: `${formatNumber(start)} → ${formatNumber(end)}` };
  });
  const above = rows.flatMap(({ start, end }) => [start, end]).filter((noise) => noise !== null && noise > 0);
  const [least, largest] = [Math.min(1, ...above.map(Number)), Math.max(1, ...above.map(Number))];
  const axis = { type: "log", domain: [least / 1.5, largest * 1.5], label: "noise over signal" } as const;
  const marks = [
    Plot.ruleX([1], { stroke: "currentColor", strokeDasharray: "1 3" }),
    ...rows.map((row) => marksOf({ ...row, start: row.start || null, end: row.end || null })),
  ];
  return rowChart(rows, axis, { width, ariaLabel: "Gradient noise of each regime, at the start and the end", marks });
}

function marksOf({ index, appearance, start, end }: NoiseRow): Plot.Markish {
  const { color, symbol } = appearance;
  const place = { y: "index", ...middle, stroke: color, strokeWidth: 1.75 } as const;
  const [starts, ends] = [start, end].map((noise) => (noise === null ? [] : [{ index, noise }])) as [
    object[],
    object[],
  ];
  const label = (what: string) => ({ ariaLabel: () => `${what} ${index + 1}` });
  return [
    start === null || end === null ? null : Plot.link([{ index, start, end }], { ...place, x1: "start", x2: "end" }),
    Plot.dot(starts, { ...place, ...label("start"), x: "noise", r: 4.5, fill: "var(--paper)" }),
    Plot.dot(ends, { ...place, ...label("end"), x: "noise", r: 4.5, symbol, fill: color }),
  ];
}
