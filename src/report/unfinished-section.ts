import type { RegimeComparison } from "../regimes/comparison.ts";
import { html, type Markup } from "./markup.ts";
import { formatNumber } from "./numbers.ts";

/** The runs that diverged, failed or were stopped, with their reasons; nothing where all finished. */
export function unfinishedSection({ runs, regimes, isComplete, whyIncomplete }: RegimeComparison): Markup {
  const unfinished = runs.filter(({ status }) => status !== "finished");
  if (unfinished.length === 0 && isComplete) return html``;
  const rows = unfinished.map((run) => {
    const label = regimes[run.regime]?.label ?? "";
    return html`<tr>
      <td>${run.regime + 1}</td>
      <th scope="row"><bdi>${label}</bdi></th>
      <td>${run.repeat + 1}</td>
      <td>${run.seed}</td>
      <td>${run.status}</td>
      <td>${formatNumber(run.measured.steps)}</td>
      <td class="reason"><bdi>${run.reason ?? ""}</bdi></td>
    </tr>`;
  });
  return html`<section id="unfinished">
    <h2>Runs that did not finish</h2>
    ${isComplete ? null : html`<p>Not all runs were made: <bdi>${whyIncomplete ?? ""}</bdi></p>`}
    ${rows.length === 0 ? null : tableOf(rows)}
  </section>`;
}

function tableOf(rows: readonly Markup[]): Markup {
  return html`<div class="scroll" role="region" aria-label="Runs that did not finish" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">regime</th>
          <th scope="col">repeat</th>
          <th scope="col">seed</th>
          <th scope="col">ended</th>
          <th scope="col">steps taken</th>
          <th scope="col">reason</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
