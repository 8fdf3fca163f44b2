import { texts } from "../shell/language.ts";
import { fault, isPlaying, isSettled, pause, play, reset, shown, takeEpoch, takeStep } from "./run.ts";

/** Train, pause, one step, one epoch, back to the start; and where the training is. */
export function Transport() {
  const { fit } = texts.value;
  const frame = shown.value?.frame;
  const isFaulty = fault.value !== undefined;
  const cannotStep = isPlaying.value || isFaulty || frame === undefined || !isSettled.value;
  return (
    <div
      class="fit-transport"
      role="group"
      aria-label={fit.transport}
      data-busy={!isSettled.value && !isPlaying.value}
      data-playing={isPlaying.value}
    >
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled={frame === undefined && !isFaulty}
          onClick={isPlaying.value ? pause : play}
        >
          {isPlaying.value ? fit.pause : isFaulty ? fit.again : fit.train}
        </button>
        <button type="button" disabled={cannotStep} onClick={takeStep}>
          {fit.step}
        </button>
        <button type="button" disabled={cannotStep} onClick={takeEpoch}>
          {fit.epoch}
        </button>
        <button type="button" disabled={frame === undefined} onClick={reset}>
          {fit.reset}
        </button>
      </div>
      <output class="fit-counts" data-epoch={frame?.epoch} data-step={frame?.step}>
        {fit.counts(frame?.epoch ?? 0, frame?.step ?? 0)}
      </output>
      <span class="fit-status" role="status" data-status={status()}>
        {fit.status[status()]}
      </span>
    </div>
  );
}

function status() {
  if (fault.value !== undefined) return "stopped";
  if (shown.value === undefined) return isSettled.value ? "noPoints" : "starting";
  return isPlaying.value || !isSettled.value ? "training" : "held";
}
