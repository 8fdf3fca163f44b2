import { texts } from "../shell/language.ts";
import { fault, isRacing, isStale, raced, raceNow, stopRace } from "./run.ts";
import { state } from "./state.ts";
import { workOf } from "./task.ts";

/** Starts a race, stops it, and tells how far it is. */
export function Starter() {
  const { race } = texts.value;
  const { runs, steps } = workOf(state.value);
  const label = raced.value === undefined ? race.start : race.again;
  return (
    <section class="race-starter" data-busy={isRacing.value}>
      <button type="button" class="primary" onClick={isRacing.value ? stopRace : raceNow}>
        {isRacing.value ? race.stop : label}
      </button>
      <div class="race-progress">
        {isRacing.value ? (
          <progress aria-label={race.progress} max={1} value={raced.value?.progress?.share ?? 0} />
        ) : (
          <span class="note">{race.work(runs, steps)}</span>
        )}
        <Status />
      </div>
    </section>
  );
}

function Status() {
  const { race } = texts.value;
  const now = statusNow();
  return (
    <span class="race-status" data-status={now}>
      {now === "racing" && <Racing />}
      {now === "drawing" && <Drawing />}
      {now !== "racing" && now !== "drawing" && <span aria-hidden="true">{race.status[now]}</span>}
      {/* What changes many times a second would be read out as often. */}
      <span class="unseen" role="status">
        {now === "racing" ? "" : race.status[now]}
      </span>
    </span>
  );
}

function Racing() {
  const { race } = texts.value;
  const progress = raced.value?.progress;
  if (progress === undefined) return null;
  const { lane, done, total, secondsLeft } = progress;
  return race.status.racing(race.regime(lane.batchSize, lane.momentum), done, total, race.status.left(secondsLeft));
}

function Drawing() {
  const { status } = texts.value.race;
  const { share = 0, secondsLeft = 0 } = raced.value?.progress ?? {};
  return <span aria-hidden="true">{status.drawn(share, status.left(secondsLeft))}</span>;
}

function statusNow() {
  const { progress, comparison } = raced.value ?? {};
  if (isRacing.value) {
    if (progress === undefined) return "starting";
    return progress.phase === "slice" ? "drawing" : "racing";
  }
  if (isStale.value) return "stale";
  if (comparison !== undefined) return comparison.isComplete ? "ended" : "stopped";
  return fault.value === undefined ? "idle" : "failed";
}
