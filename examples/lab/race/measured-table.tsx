import type { MeasuredColumn, RegimeComparison, RegimeRow, RunStatus } from "rivulet";
import { LineSample } from "../charts/mark.tsx";
import { texts } from "../shell/language.ts";
import { significant } from "../texts/numbers.ts";
import { isHollow, lookOf } from "./looks.ts";
import { isStale, place, raced } from "./run.ts";
import { keyOf } from "./state.ts";

/** The columns, and to how many digits each is written. */
const columns = {
  trainingLoss: 4,
  validationLoss: 4,
  steps: 7,
  samples: 7,
  seconds: 3,
  stepsPerSecond: 3,
  stepsToTarget: 6,
  epochsToTarget: 3,
  secondsToTarget: 3,
  noiseAtStart: 2,
  noiseAtEnd: 2,
} as const satisfies Partial<Record<MeasuredColumn, number>>;

type Column = keyof typeof columns;
const columnNames = Object.keys(columns) as readonly Column[];

/** What was measured of each regime. */
export function MeasuredTable() {
  const { race } = texts.value;
  const comparison = raced.value?.comparison;
  if (comparison === undefined) return null;
  return (
    <section class="race-measured" data-stale={isStale.value}>
      <h2>{race.table.title}</h2>
      <div class="race-table-box" tabIndex={0} role="region" aria-label={race.table.title}>
        <table>
          <caption class="unseen">{race.table.title}</caption>
          <thead>
            <tr>
              <th scope="col">{race.table.regime}</th>
              <th scope="col">{race.table.status}</th>
              {columnNames.map((column) => (
                <th key={column} scope="col">
                  {race.table[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {comparison.regimes.map((row) => (
              <Row key={row.index} row={row} comparison={comparison} />
            ))}
          </tbody>
        </table>
      </div>
      <Notes comparison={comparison} />
    </section>
  );
}

interface RowProps {
  readonly row: RegimeRow;
  readonly comparison: RegimeComparison;
}

function Row({ row, comparison }: RowProps) {
  const { race } = texts.value;
  return (
    <tr data-regime={keyOf(row)} data-status={mainStatus(row)}>
      <th scope="row">
        <LineSample look={lookOf(row.batchSize, row.momentum)} isHollow={isHollow(row.momentum)} />
        {race.regime(row.batchSize, row.momentum)}
      </th>
      <td>{statusText(row)}</td>
      {columnNames.map((column) => (
        <Cell key={column} row={row} column={column} comparison={comparison} />
      ))}
    </tr>
  );
}

/** A median; of several repeats with the least and the largest. Of what did not finish, how far the first run came. */
function Cell({ row, column, comparison }: RowProps & { readonly column: Column }) {
  const { table } = texts.value.race;
  const spread = row.measured[column];
  const first = comparison.runs.find((run) => run.regime === row.index)?.measured[column];
  const value = spread === null ? first : spread.median;
  const text = (number: number | null, digits: number = columns[column]) =>
    number === null ? table.none : significant(number, digits);
  const isSpread = spread !== null && spread.count > 1 && spread.least !== spread.largest;
  return (
    <td data-column={column} data-exact={value ?? undefined}>
      {value == null ? table.none : text(value)}
      {isSpread && <span class="race-spread">{`${text(spread.least, 3)} … ${text(spread.largest, 3)}`}</span>}
    </td>
  );
}

const statuses = ["finished", "diverged", "failed", "stopped"] as const satisfies readonly RunStatus[];

/** What ended most of its runs, of what is worth a warning. */
function mainStatus({ counts }: RegimeRow): RunStatus {
  return statuses.toReversed().find((status) => counts[status] > 0) ?? "finished";
}

function statusText({ counts }: RegimeRow): string {
  const { table } = texts.value.race;
  const there = statuses.filter((status) => counts[status] > 0);
  const [only] = there;
  if (there.length === 1 && only !== undefined) return table.statuses[only];
  return table.counts(there.map((status) => table.count(counts[status], table.statuses[status])));
}

function Notes({ comparison: { target, regimes } }: { readonly comparison: RegimeComparison }) {
  const { race, fit } = texts.value;
  const running = raced.value?.running;
  const { gpu, threads } = running ?? {};
  return (
    <div class="race-notes note">
      {regimes.map(
        (row) =>
          row.reason !== null &&
          (row.counts.diverged > 0 || row.counts.failed > 0) && (
            <p key={row.index} data-reason={row.index}>
              {race.table.says(race.regime(row.batchSize, row.momentum), row.reason)}
            </p>
          ),
      )}
      {target.loss !== null && <p>{race.table.target(target.loss, target.from)}</p>}
      <p>{race.table.notes}</p>
      {running !== undefined && running.name !== "tensorflow" && place.value !== undefined && (
        <p data-backend={running.name}>
          {race.table.ran(fit.running.device(running.name, gpu, threads), race.table.places[place.value])}
        </p>
      )}
    </div>
  );
}
