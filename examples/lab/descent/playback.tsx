import { texts } from "../shell/language.ts";
import { isBusy, isPlaying, lastStep, reset, stepBy, togglePlaying } from "./run.ts";
import { mostSteps, parts, speeds, state, type DescentState } from "./state.ts";

/** Step by step, or running, or back at the start. */
export function Playback() {
  const { descent } = texts.value;
  const step = parts.step.value;
  const last = lastStep.value;
  return (
    <div
      class="playback"
      role="group"
      aria-label={descent.playback}
      data-busy={isBusy.value}
      data-playing={isPlaying.value}
    >
      <div class="buttons">
        <button type="button" class="primary" disabled={last === undefined} onClick={togglePlaying}>
          {isPlaying.value ? descent.pause : descent.run}
        </button>
        <button type="button" disabled={isPlaying.value || step >= (last ?? mostSteps)} onClick={() => stepBy(1)}>
          {descent.step}
        </button>
        <button type="button" disabled={isPlaying.value || step === 0} onClick={() => stepBy(-1)}>
          {descent.back}
        </button>
        <button type="button" disabled={step === 0} onClick={reset}>
          {descent.reset}
        </button>
      </div>
      <output class="step-count" data-step={step}>
        {descent.stepCount(step)}
      </output>
      <label class="speed">
        <span class="unseen">{descent.speed}</span>
        <select
          value={parts.speed.value}
          onChange={(event) => state.change({ speed: event.currentTarget.value as DescentState["speed"] })}
        >
          {speeds.map((perSecond) => (
            <option key={perSecond} value={perSecond}>
              {descent.speeds(perSecond)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
