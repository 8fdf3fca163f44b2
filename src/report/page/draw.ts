import type { RegimeComparison } from "../../regimes/comparison.ts";
import { formatNumber } from "../numbers.ts";
import type { Choice } from "./choice.ts";
import { contoursInWords, heightsOf } from "./contours.ts";
import { lossChart } from "./loss-chart.ts";
import { lossScale } from "./loss-scale.ts";
import type { Axis } from "./median-curve.ts";
import { noiseChart } from "./noise-chart.ts";
import { paceChart } from "./pace-chart.ts";
import { hasOneScale, pathPanel } from "./path-panel.ts";
import { seriesOf, type Series } from "./series.ts";

const axes = ["epochs", "steps", "seconds"] as const satisfies readonly Axis[];

/** Draws every chart anew, as wide as its place is now. */
export function drawCharts(comparison: RegimeComparison, choice: Choice): void {
  const series = seriesOf(comparison, choice);
  for (const axis of axes) {
    fill(`loss-${axis}`, series, (width) => lossChart(series, { axis, choice, width, target: comparison.target.loss }));
  }
  noteLoss(comparison, series, choice);
  fill("pace-bars", series, (width) => paceChart(series, comparison.regimes, width));
  fill("noise-dots", series, (width) => noiseChart(series, comparison.regimes, width));
  drawPaths(comparison, series);
}

function fill(id: string, series: readonly Series[], draw: (width: number) => SVGSVGElement | HTMLElement): void {
  const place = document.querySelector(`#${id} .plot`);
  if (place === null) return;
  if (series.length === 0) place.replaceChildren("No regime is chosen.");
  else place.replaceChildren(asPicture(draw(Math.max(240, place.clientWidth))));
}

/** One picture to a screen reader, whose numbers are in the table, in place of a hundred nameless marks. */
function asPicture(drawn: Element): HTMLElement {
  const picture = document.createElement("div");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", drawn.getAttribute("aria-label") ?? "");
  drawn.setAttribute("aria-hidden", "true");
  picture.append(drawn);
  return picture;
}

function noteLoss({ target }: RegimeComparison, series: readonly Series[], choice: Choice): void {
  const { isLogX, isCut } = lossScale(series, { axis: "steps", choice, target: target.loss });
  const notes = [
    ...(isLogX ? ["The start, at 0, has no place on a log scale."] : []),
    ...(isCut ? ["Losses above ten times those at the start lie outside the pictures."] : []),
    ...(series.some(({ isBroken }) => isBroken) ? ["A cross is where no run went on."] : []),
  ];
  document.querySelector("#loss-note")?.replaceChildren(notes.join(" "));
}

function drawPaths({ slice, runs }: RegimeComparison, series: readonly Series[]): void {
  const [place, note] = [document.querySelector("#path-panels"), document.querySelector("#path-note")];
  const heights = slice === null ? null : heightsOf(slice);
  if (place === null || note === null || slice === null || heights === null) return;
  const panels = series.flatMap((each) => {
    const path = runs.find(({ regime, repeat }) => regime === each.index && repeat === slice.repeat)?.path;
    if (path === null || path === undefined || path.x.length === 0) return [];
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    caption.textContent = each.name;
    figure.append(caption);
    return { figure, series: each, path };
  });
  place.replaceChildren(...panels.map(({ figure }) => figure));
  for (const { figure, ...panel } of panels) {
    figure.append(asPicture(pathPanel(slice, heights, { ...panel, width: Math.max(200, figure.clientWidth) })));
  }
  const scales = hasOneScale(slice) ? "" : " The axes differ in scale: paths seem to cross contours at other angles.";
  note.textContent = `${contoursInWords(heights, formatNumber)}${scales}`;
}
