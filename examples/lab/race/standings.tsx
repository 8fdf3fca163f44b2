import { LineSample } from "../charts/mark.tsx";
import { texts } from "../shell/language.ts";
import { significant } from "../texts/numbers.ts";
import { standingAt } from "./course.ts";
import { lanes, type Lane, type LaneRun } from "./lanes.ts";
import { isHollow } from "./looks.ts";
import { moment } from "./playback.ts";
import { isRacing, raced } from "./run.ts";
import { toggleSingle } from "./singled.ts";
import { keyOf, state } from "./state.ts";

/** Each regime, how it looks in the charts, and its loss at the moment that is shown. */
export function Standings() {
  const { race } = texts.value;
  if (lanes.value.length === 0) return null;
  return (
    <section class="race-standings" aria-label={race.standings}>
      <ul>
        {lanes.value.map((lane) => (
          <li key={lane.key}>
            <button
              type="button"
              aria-pressed={state.value.single === lane.key}
              data-lane={lane.key}
              onClick={() => toggleSingle(lane.key)}
            >
              <LineSample look={lane.look} isHollow={isHollow(lane.momentum)} />
              <span>{race.regime(lane.batchSize, lane.momentum)}</span>
              <output>{standingOf(lane)}</output>
            </button>
          </li>
        ))}
      </ul>
      <p class="note">{race.single}</p>
    </section>
  );
}

/** Its loss, or how far its run is, or that it waits. */
function standingOf(lane: Lane): string {
  const { race } = texts.value;
  const progress = raced.value?.progress;
  const isOn = isRacing.value && progress?.phase === "runs" && keyOf(progress.lane) === lane.key;
  const shown = lane.runs.find(({ status }) => status === undefined) ?? lane.runs[0];
  if (shown !== undefined) return lossOf(shown);
  if (isOn) return race.runningNow(progress.laneShare);
  return isRacing.value ? race.waiting : race.table.none;
}

function lossOf({ curve, path, status }: LaneRun): string {
  const { race } = texts.value;
  const standing = standingAt(curve, path, state.value.by, moment.value);
  if (standing === undefined) return race.table.none;
  if (standing.isOver && status === "diverged") return race.noLoss;
  return standing.loss === null ? race.noLoss : significant(standing.loss, 3);
}
