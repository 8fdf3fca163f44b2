import * as Plot from "@observablehq/plot";
import type { Appearance } from "./appearance.ts";
import { axisX, gridX, type AxisSettings } from "./axes.ts";

/** A regime's row in a chart. */
export interface ChartRow {
  readonly index: number;
  readonly name: string;
  readonly appearance: Appearance;
  /** What stands at its right, in words. */
  readonly value: string;
}

/** What a chart of rows is drawn along. */
export type RowAxis = Omit<AxisSettings, "length">;

const rowHeight = 40;
const labelHeight = 20;
const fontSize = 12;

/** Where a row's marks have their middle: below its label. */
export const middle = { dy: (labelHeight - 7) / 2 } as const;

/** Where a row's bar lies. */
export const bar = { insetTop: labelHeight, insetBottom: 7 } as const;

/** Where its words stand. */
const above = { y: "index", dy: -labelHeight / 2 } as const;

/** @param width in pixels */
function cutTo(width: number): Plot.TextOptions {
  return { lineWidth: width / fontSize, textOverflow: "ellipsis" };
}

/** A row for each regime, its name and its value in words above the marks: as legible on a telephone as on a wall. */
export function rowChart(
  rows: readonly ChartRow[],
  axis: RowAxis,
  { width, ariaLabel, marks }: { readonly width: number; readonly ariaLabel: string; readonly marks: Plot.Markish[] },
): SVGSVGElement | HTMLElement {
  const valueWidth = 7 * Math.max(0, ...rows.map(({ value }) => value.length));
  const nameWidth = Math.max(80, width - valueWidth - 24);
  return Plot.plot({
    width,
    height: rowHeight * rows.length + 40,
    marginLeft: 12,
    marginRight: 12,
    marginTop: 4,
    marginBottom: 36,
    className: "chart",
    ariaLabel,
    x: { type: axis.type, domain: [...axis.domain], axis: null },
    y: { type: "band", domain: rows.map(({ index }) => index), axis: null, padding: 0 },
    marks: [
      gridX({ ...axis, length: width }),
      axisX({ ...axis, length: width }),
      Plot.text(rows, { ...above, text: "name", frameAnchor: "left", textAnchor: "start", ...cutTo(nameWidth) }),
      Plot.text(rows, {
        ...above,
        text: "value",
        frameAnchor: "right",
        textAnchor: "end",
        fontVariant: "tabular-nums",
      }),
      ...marks,
    ],
  });
}
