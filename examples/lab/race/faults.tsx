import { texts } from "../shell/language.ts";
import { Notice } from "../shell/notice.tsx";
import { fault, raceNow } from "./run.ts";
import { set, state } from "./state.ts";

/** What went wrong, the library's own sentence, and what may be done about it. */
export function Faults() {
  const { race, fit } = texts.value;
  if (fault.value === undefined) return null;
  const { kind, message } = fault.value;
  const others = (["cpu", "wasm"] as const).filter((name) => name !== state.value.backend);
  return (
    <div class="race-fault" data-fault={kind}>
      <Notice>
        <span class="race-sentence">{race.faults[kind]}</span>
        <span class="race-sentence">{race.faults.says(message)}</span>
        {(kind === "start" || kind === "lost") && (
          <span class="buttons race-mends">
            {others.map((name) => (
              <button
                key={name}
                type="button"
                onClick={() => {
                  set({ backend: name });
                  raceNow();
                }}
              >
                {race.faults.use(fit.backends[name])}
              </button>
            ))}
          </span>
        )}
      </Notice>
    </div>
  );
}
