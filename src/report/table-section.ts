import type { RegimeComparison } from "../regimes/comparison.ts";
import type { MeasuredColumn, RegimeRow, Spread } from "../regimes/regime.ts";
import { html, type Markup } from "./markup.ts";
import { formatNumber, formatSetting } from "./numbers.ts";

interface Column {
  readonly column: MeasuredColumn;
  readonly name: string;
}

/** Columns under one heading. */
interface Group {
  readonly heading: string;
  readonly columns: readonly Column[];
}

/** The numbers: a row for each regime, the median in each cell with the quartiles below it. */
export function tableSection(comparison: RegimeComparison): Markup {
  const groups = groupsOf(comparison);
  const columns = groups.flatMap((group) => group.columns);
  const varies = whatVaries(comparison);
  const note = comparison.secondsAreComparable
    ? null
    : html`<p class="note">* Not comparable between regimes: <bdi>${comparison.whySecondsAreNot ?? ""}</bdi></p>`;
  return html`<section id="numbers">
    <h2>The numbers</h2>
    <div class="scroll" role="region" aria-label="The numbers" tabindex="0">
      <table id="table">
        <thead>
          <tr>
            <td colspan="${2 + Number(varies.rate) + Number(varies.end)}"></td>
            ${groups.map(({ heading, columns: { length } }) => {
              return html`<th scope="colgroup" colspan="${length}">${heading}</th>`;
            })}
          </tr>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">regime</th>
            ${varies.rate ? html`<th scope="col" class="number">learning rate</th>` : null}
            ${varies.end ? html`<th scope="col" class="number">runs finished</th>` : null}
            ${columns.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${comparison.regimes.map((row) => rowOf(row, columns, varies, comparison.repeats))}
        </tbody>
      </table>
    </div>
    ${note}
  </section>`;
}

/** Which columns say something: one that holds the same in every row does not. */
interface Varies {
  readonly rate: boolean;
  /** How many runs finished. */
  readonly end: boolean;
}

function whatVaries({ regimes, repeats }: RegimeComparison): Varies {
  const rates = new Set(regimes.map(({ learningRate }) => learningRate));
  return { rate: rates.size > 1, end: regimes.some(({ counts }) => counts.finished < repeats) };
}

function groupsOf({ regimes, target, secondsAreComparable }: RegimeComparison): readonly Group[] {
  const mark = secondsAreComparable ? "" : "*";
  const goal = target.loss === null ? [] : [`to a training loss of ${formatNumber(target.loss)}`];
  const has = (name: MeasuredColumn) => regimes.some(({ measured }) => measured[name] !== null);
  const group = (heading: string, ...columns: (readonly [MeasuredColumn, string])[]) => ({
    heading,
    columns: columns.flatMap(([column, name]) => (has(column) ? [{ column, name }] : [])),
  });
  return [
    group(`per second${mark}`, ["stepsPerSecond", "steps"], ["samplesPerSecond", "samples"]),
    ...goal.map((heading) =>
      group(heading, ["stepsToTarget", "steps"], ["epochsToTarget", "epochs"], ["secondsToTarget", `seconds${mark}`]),
    ),
    group("loss at the end", ["trainingLoss", "training"], ["validationLoss", "validation"]),
    group("gradient noise", ["noiseAtStart", "at the start"], ["noiseAtEnd", "at the end"]),
  ].filter(({ columns }) => columns.length > 0);
}

function rowOf(row: RegimeRow, columns: readonly Column[], varies: Varies, repeats: number): Markup {
  const { index, label, learningRate, counts, measured } = row;
  const ended = (["diverged", "failed", "stopped"] as const).filter((status) => counts[status] > 0);
  const others = ended.map((status) => html`<span class="range">${counts[status]} ${status}</span>`);
  return html`<tr>
    <td class="which" data-value="${index}"><span class="swatch" data-regime="${index}"></span>${index + 1}</td>
    <th scope="row"><bdi>${label}</bdi></th>
    ${varies.rate ? html`<td class="number" data-value="${learningRate}">${formatSetting(learningRate)}</td>` : null}
    ${varies.end ? html`<td class="number" data-value="${counts.finished}">${counts.finished} of ${repeats}${others}</td>` : null}
    ${columns.map(({ column }) => cellOf(measured[column], column))}
  </tr>`;
}

function cellOf(spread: Spread | null, column: MeasuredColumn): Markup {
  if (spread === null) return html`<td class="number">–</td>`;
  const { median, lower, upper, count } = spread;
  if (median === null) {
    const some = count === 0 ? null : html`<span class="range">${count} reached</span>`;
    return html`<td class="number">not reached${some}</td>`;
  }
  const ofTarget = column.endsWith("ToTarget");
  const range = `${formatNumber(lower)}–${upper === null && ofTarget ? "never" : formatNumber(upper)}`;
  const isOne = lower === upper;
  return html`<td class="number" data-value="${median}">
    ${formatNumber(median)}${isOne ? null : html`<span class="range">${range}</span>`}
  </td>`;
}
