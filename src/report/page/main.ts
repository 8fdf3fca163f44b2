import type { RegimeComparison } from "../../regimes/comparison.ts";
import { appearancesOf } from "./appearance.ts";
import { choiceIn } from "./choice.ts";
import { drawLosses, drawRows } from "./draw-charts.ts";
import { drawPaths, showPaths } from "./draw-paths.ts";
import { seriesOf } from "./series.ts";
import { makeSortable } from "./sort-table.ts";
import { swatch } from "./swatch.ts";

function elementOf<Kind extends Element>(selector: string, kind: new () => Kind): Kind {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return element;
}

/** The data that the page was written with, by the same version of rivulet. */
function readComparison(): RegimeComparison {
  const data = JSON.parse(elementOf("#comparison", HTMLScriptElement).text) as Partial<RegimeComparison>;
  if (data.format !== "rivulet-regime-comparison" || data.formatVersion !== 1)
    throw new Error("The data is another's.");
  return data as RegimeComparison;
}

const comparison = readComparison();
const form = elementOf("#controls", HTMLFormElement);
const nothingHidden = { ...choiceIn(form), hidden: new Set<number>() };

/** What a change of the controls changes: the scales, and whose loss it is, concern the losses alone. */
function redraw(concerns: "losses" | "regimes" | "width"): void {
  const choice = choiceIn(form);
  const series = seriesOf(comparison, choice);
  drawLosses(comparison, series, choice);
  if (concerns === "losses") return;
  drawRows(comparison, series);
  if (concerns === "width") drawPaths(comparison, seriesOf(comparison, nothingHidden));
  showPaths(choice.hidden);
}

const appearances = appearancesOf(comparison.regimes);
for (const place of document.querySelectorAll<HTMLElement>(".swatch")) {
  const appearance = appearances[Number(place.dataset["regime"])];
  if (appearance !== undefined) place.replaceChildren(swatch(appearance));
}
makeSortable(elementOf("#table", HTMLTableElement));

form.addEventListener("change", ({ target }) => {
  redraw(target instanceof HTMLInputElement && target.name === "regime" ? "regimes" : "losses");
});
form.addEventListener("click", ({ target }) => {
  if (!(target instanceof HTMLButtonElement)) return;
  for (const box of form.querySelectorAll<HTMLInputElement>("input[name=regime]")) box.checked = target.value === "all";
  redraw("regimes");
});

let width = 0;
new ResizeObserver(([entry]) => {
  // Drawing changes the height, which is no reason to draw.
  if (entry === undefined || entry.contentRect.width === width) return;
  width = entry.contentRect.width;
  redraw("width");
}).observe(elementOf("#charts", HTMLElement));
