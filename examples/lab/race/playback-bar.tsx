import { texts } from "../shell/language.ts";
import { isPlaying, moment, pause, play, position, seek } from "./playback.ts";
import { raced } from "./run.ts";
import { positions, state } from "./state.ts";

/** Has the measured race run once more: all regimes after as many epochs, seconds or steps. */
export function Playback() {
  const { race } = texts.value;
  const isThere = raced.value?.comparison !== undefined;
  const now = race.moments[state.value.by](moment.value);
  return (
    <div class="race-playback" role="group" aria-label={race.replay}>
      <button type="button" disabled={!isThere} onClick={isPlaying.value ? pause : play}>
        {isPlaying.value ? race.pause : race.play}
      </button>
      <input
        type="range"
        min={0}
        max={positions}
        step={1}
        value={Math.round(position.value)}
        disabled={!isThere}
        aria-label={race.position}
        aria-valuetext={now}
        onInput={({ currentTarget }) => seek(Number(currentTarget.value))}
      />
      <output data-moment={isThere ? moment.value : undefined}>{isThere ? now : ""}</output>
    </div>
  );
}
