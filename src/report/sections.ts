import type { RegimeComparison } from "../regimes/comparison.ts";
import { chartsSection } from "./charts-section.ts";
import { factsSection } from "./facts-section.ts";
import { html, type Markup } from "./markup.ts";
import { countOf, formatNumber } from "./numbers.ts";
import { sweepsSection } from "./sweeps-section.ts";
import { tableSection } from "./table-section.ts";
import { unfinishedSection } from "./unfinished-section.ts";

/** All that the page says, top to bottom. */
export function sectionsOf(comparison: RegimeComparison, findings: readonly string[]): Markup {
  const [first = "", ...others] = findings;
  return html`<header>
      <div>
        <p class="kicker">rivulet bench</p>
        <h1>Batch, mini-batch and stochastic descent on <bdi>${comparison.problem.name}</bdi></h1>
        <p class="lede" id="finding">${first}</p>
        ${others.map((sentence) => html`<p>${sentence}</p>`)}
      </div>
      <p class="setting">${settingOf(comparison)}</p>
    </header>
    <main>
      ${chartsSection(comparison)} ${tableSection(comparison)} ${sweepsSection(comparison)}
      ${unfinishedSection(comparison)} ${factsSection(comparison)}
    </main>`;
}

/** What was done, in two sentences. */
function settingOf({ regimes, repeats, network, budget, problem }: RegimeComparison): string {
  const amount = `${formatNumber(budget.amount)} ${budget.amount === 1 ? budget.unit.slice(0, -1) : budget.unit}`;
  const runs = repeats === 1 ? "once" : `${repeats} times, each time from another seed`;
  return (
    `${countOf(regimes.length, "regime")} trained a ${network.layers.join("–")} network of ` +
    `${countOf(network.parameters, "parameter")} on ${countOf(problem.trainingSamples, "sample")}, ${amount} each, ` +
    `${runs}. All regimes started from the same weights and saw the samples in the same order.` +
    (repeats === 1 ? "" : " Numbers are medians over the runs that finished; ranges are their quartiles.")
  );
}
