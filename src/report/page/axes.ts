import * as Plot from "@observablehq/plot";
import { tickLabels, ticksOf, type AxisScale } from "./ticks.ts";

/** An axis: what it measures, and how long it is in pixels. */
export interface AxisSettings extends AxisScale {
  readonly label: string;
  readonly length: number;
}

/** A horizontal axis, its label at its end; Plot's own labels leave out some ticks of a log scale. */
export function axisX({ label, length, ...scale }: AxisSettings): Plot.Markish {
  const ticks = ticksOf(scale, Math.max(2, Math.round(length / 85)));
  return Plot.axisX(ticks, { label, text: tickLabels(ticks), labelArrow: "none" });
}

/** A vertical axis. */
export function axisY({ label, length, ...scale }: AxisSettings): Plot.Markish {
  const ticks = ticksOf(scale, Math.max(2, Math.round(length / 55)));
  return Plot.axisY(ticks, { label, text: tickLabels(ticks), labelArrow: "none" });
}

/** Lines down the picture from the ticks of a horizontal axis. */
export function gridX({ length, ...scale }: AxisSettings): Plot.Markish {
  return Plot.gridX(ticksOf(scale, Math.max(2, Math.round(length / 85))), grid);
}

/** Lines across the picture from the ticks of a vertical axis. */
export function gridY({ length, ...scale }: AxisSettings): Plot.Markish {
  return Plot.gridY(ticksOf(scale, Math.max(2, Math.round(length / 55))), grid);
}

const grid = { stroke: "var(--line)", strokeOpacity: 1 } as const;
