import type { RegimeComparison } from "../../regimes/comparison.ts";
import { formatNumber } from "../numbers.ts";
import { contoursInWords, heightsOf } from "./contours.ts";
import { hasOneScale, pathPanel } from "./path-panel.ts";
import { asPicture } from "./picture.ts";
import type { Series } from "./series.ts";

/** Draws the path of each regime that has one, as wide as there is room now. Contours take long: hiding draws none anew. */
export function drawPaths({ slice, runs }: RegimeComparison, series: readonly Series[]): void {
  const [place, note] = [document.querySelector("#path-panels"), document.querySelector("#path-note")];
  const heights = slice === null ? null : heightsOf(slice);
  if (place === null || note === null || slice === null || heights === null) return;
  const panels = series.flatMap((each) => {
    const path = runs.find(({ regime, repeat }) => regime === each.index && repeat === slice.repeat)?.path;
    return path === null || path === undefined || path.x.length === 0
      ? []
      : { ...each, path, figure: emptyPanel(each) };
  });
  place.replaceChildren(...panels.map(({ figure }) => figure));
  // All are as wide as the first: to ask each after the one before was drawn would lay the page out as often.
  const width = Math.max(200, panels[0]?.figure.clientWidth ?? 0);
  for (const { figure, path, ...each } of panels) {
    figure.append(asPicture(pathPanel(slice, heights, { series: each, path, width })));
  }
  const scales = hasOneScale(slice) ? "" : " The axes differ in scale: paths seem to cross contours at other angles.";
  note.textContent = `${contoursInWords(heights, formatNumber)}${scales}`;
}

/** Shows the paths of those regimes that are not hidden. */
export function showPaths(hidden: ReadonlySet<number>): void {
  for (const figure of document.querySelectorAll<HTMLElement>("#path-panels figure")) {
    figure.hidden = hidden.has(Number(figure.dataset["regime"]));
  }
}

function emptyPanel({ index, name }: Series): HTMLElement {
  const [figure, caption] = [document.createElement("figure"), document.createElement("figcaption")];
  figure.dataset["regime"] = String(index);
  caption.textContent = name;
  figure.append(caption);
  return figure;
}
