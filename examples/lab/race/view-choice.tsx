import { texts } from "../shell/language.ts";
import { measures, state } from "./state.ts";

/** What the race is looked at by, and on what axes. */
export function ViewChoice() {
  const { race } = texts.value;
  const { by, log, logx } = state.value;
  return (
    <div class="race-view">
      <fieldset class="race-choice">
        <legend>{race.by}</legend>
        {measures.map((measure) => (
          <label key={measure}>
            <input type="radio" name="by" checked={by === measure} onChange={() => state.change({ by: measure })} />
            {race.measures[measure]}
          </label>
        ))}
      </fieldset>
      <div class="race-choice">
        <label>
          <input type="checkbox" checked={logx} onChange={() => state.change({ logx: !logx })} />
          {race.logx[by]}
        </label>
        <label>
          <input type="checkbox" checked={log} onChange={() => state.change({ log: !log })} />
          {race.log}
        </label>
      </div>
    </div>
  );
}
