import { texts } from "../shell/language.ts";
import { Notice } from "../shell/notice.tsx";
import { continueOn, fault, restart, shown } from "./run.ts";
import { backendNames, ranges, set, state, type BackendChoice } from "./state.ts";

/** What went wrong, the library's own sentence, and what may be done about it. */
export function Faults() {
  const { faults } = texts.value.fit;
  if (fault.value === undefined) return null;
  const { kind, message } = fault.value;
  return (
    <div class="fit-fault" data-fault={kind}>
      <Notice>
        <span class="fit-sentence">{faults[kind]}</span>
        <span class="fit-sentence">{faults.says(message)}</span>
        <Mends />
      </Notice>
    </div>
  );
}

function Mends() {
  const { faults, backends } = texts.value.fit;
  const wrong = fault.value;
  if (wrong === undefined) return null;
  const others = (["webgl", "wasm", "cpu"] as const).filter((name) => name !== failedBackend());
  switch (wrong.kind) {
    case "start":
      return <Buttons choices={others.map((name) => [faults.use(backends[name]), () => set({ backend: name })])} />;
    case "lost":
      return (
        <Buttons
          choices={[...others, ...backendNames.filter((name) => name === failedBackend())].map((name) => [
            faults.goOn(backends[name]),
            () => continueOn(name),
          ])}
        />
      );
    case "diverged": {
      const rate = slower("largestStable" in wrong ? wrong.largestStable : undefined);
      return <Buttons choices={[[faults.slower(rate), () => set({ rate })]]} />;
    }
    case "crashed":
      return <Buttons choices={[[faults.restart, restart]]} />;
    case "other":
    default:
      return null;
  }
}

function failedBackend(): BackendChoice {
  const ran = shown.value?.frame.running.name;
  const { backend } = state.value;
  return backend === "auto" ? (backendNames.find((name) => name === ran) ?? backend) : backend;
}

/** Half of what is estimated to be stable, or a tenth of what was not. */
function slower(largestStable: number | undefined): number {
  const rate = Math.min(largestStable === undefined ? Infinity : largestStable / 2, state.value.rate / 2);
  const round = Number((largestStable === undefined ? state.value.rate / 10 : rate).toPrecision(1));
  return Math.max(ranges.rate.least, round);
}

function Buttons({ choices }: { readonly choices: readonly (readonly [text: string, act: () => void])[] }) {
  return (
    <span class="buttons fit-mends">
      {choices.map(([text, act]) => (
        <button key={text} type="button" onClick={act}>
          {text}
        </button>
      ))}
    </span>
  );
}
