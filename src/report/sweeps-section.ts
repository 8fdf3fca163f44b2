import type { LearningRateSweep, RegimeComparison } from "../regimes/comparison.ts";
import { html, type Markup } from "./markup.ts";
import { formatNumber, formatSetting } from "./numbers.ts";

/** How each regime came by its learning rate; nothing where all were given. */
export function sweepsSection({ learningRateSweeps, regimes }: RegimeComparison): Markup {
  const [first] = learningRateSweeps ?? [];
  if (learningRateSweeps === null || first === undefined) return html``;
  const rates = [...new Set(learningRateSweeps.flatMap(({ tried }) => tried.map(({ learningRate }) => learningRate)))];
  const sorted = rates.toSorted((a, b) => a - b);
  const rows = learningRateSweeps.map((sweep) => rowOf(sweep, regimes[sweep.regime]?.label ?? "", sorted));
  return html`<section id="sweeps">
    <h2>Learning rates tried</h2>
    <p>
      Each regime got the learning rate that left it the lowest training loss after ${formatNumber(first.budget.amount)}
      ${first.budget.unit}. The one taken is framed; where all diverged, the regime ran at the least.
    </p>
    <div class="scroll" role="region" aria-label="Learning rates tried" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">regime</th>
            ${sorted.map((rate) => html`<th scope="col" class="number">${formatSetting(rate)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}

function rowOf({ regime, tried, chosen }: LearningRateSweep, label: string, rates: readonly number[]): Markup {
  const cells = rates.map((rate) => {
    const trial = tried.find(({ learningRate }) => learningRate === rate);
    if (trial === undefined) return html`<td class="number">–</td>`;
    const text = trial.loss === null ? "diverged" : formatNumber(trial.loss);
    if (rate !== chosen) return html`<td class="number">${text}</td>`;
    return html`<td class="number">
      <strong class="chosen">${text}<span class="unseen"> (taken)</span></strong>
    </td>`;
  });
  return html`<tr>
    <td>${regime + 1}</td>
    <th scope="row"><bdi>${label}</bdi></th>
    ${cells}
  </tr>`;
}
