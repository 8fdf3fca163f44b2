import type { RegimeComparison } from "../../regimes/comparison.ts";
import type { Choice } from "./choice.ts";
import { lossChart } from "./loss-chart.ts";
import { lossScale } from "./loss-scale.ts";
import type { Axis } from "./median-curve.ts";
import { noiseChart } from "./noise-chart.ts";
import { paceChart } from "./pace-chart.ts";
import { asPicture, type Drawing } from "./picture.ts";
import type { Series } from "./series.ts";

const axes = ["epochs", "steps", "seconds"] as const satisfies readonly Axis[];

/** Draws the losses anew, as wide as there is room now. */
export function drawLosses({ target }: RegimeComparison, series: readonly Series[], choice: Choice): void {
  const width = roomIn("#loss");
  for (const axis of axes) {
    fill(`#loss-${axis}`, series, () => lossChart(series, { axis, choice, width, target: target.loss }));
  }
  const { isLogX, isCut } = lossScale(series, { axis: "steps", choice, target: target.loss });
  const notes = [
    ...(isLogX ? ["The start, at 0, has no place on a log scale."] : []),
    ...(isCut ? ["Losses above ten times those at the start lie outside the pictures."] : []),
    ...(series.some(({ isBroken }) => isBroken) ? ["A cross is where no run went on."] : []),
  ];
  document.querySelector("#loss-note")?.replaceChildren(notes.join(" "));
}

/** Draws the charts with a row for each regime anew. */
export function drawRows({ regimes }: RegimeComparison, series: readonly Series[]): void {
  const width = roomIn("#loss");
  fill("#pace-bars", series, () => paceChart(series, regimes, width));
  fill("#noise-dots", series, () => noiseChart(series, regimes, width));
}

function roomIn(section: string): number {
  return Math.max(240, document.querySelector(section)?.clientWidth ?? 0);
}

function fill(figure: string, series: readonly Series[], draw: () => Drawing): void {
  const place = document.querySelector(`${figure} .plot`);
  place?.replaceChildren(series.length === 0 ? "No regime is chosen." : asPicture(draw()));
}
