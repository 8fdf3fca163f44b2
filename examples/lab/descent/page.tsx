import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { texts } from "../shell/language.ts";
import { Notice } from "../shell/notice.tsx";
import { ContourStage } from "./contour-stage.tsx";
import { Controls } from "./controls.tsx";
import { currentFunction, formulaProblem } from "./current-function.ts";
import { CurveStage } from "./curve-stage.tsx";
import { Direction } from "./direction.tsx";
import { FunctionEquation } from "./function-equation.tsx";
import type { DescentFunction } from "./functions.ts";
import { Playback } from "./playback.tsx";
import { rules } from "./rules.ts";
import { paths, startRun } from "./run.ts";
import { shownStop } from "./shown-stop.ts";
import { parts } from "./state.ts";
import { StepsTable } from "./steps-table.tsx";
import { ValuesChart } from "./values-chart.tsx";
import "./descent.css";

export { fetchParser as prefetch } from "./current-function.ts";
export { state } from "./state.ts";

/** Descent on functions of one and of two variables. */
export function View() {
  const { descent } = texts.value;
  useEffect(startRun, []);
  const f = currentFunction.value;
  return (
    <article class="descent">
      <header>
        <h1>{descent.title}</h1>
        <p class="lead">{descent.lead}</p>
      </header>
      <div class="descent-grid">
        <Controls />
        {f === undefined ? (
          <p class="plane-waiting">{formulaProblem.value !== undefined && descent.nothing}</p>
        ) : (
          <>
            <Stage f={f} />
            <div class={f.variables === 1 ? "descent-results" : "descent-results wide"}>
              <StepsTable f={f} />
              {f.variables === 2 && <Direction />}
              <ValuesChart />
            </div>
          </>
        )}
      </div>
    </article>
  );
}

function Stage({ f }: { readonly f: DescentFunction }) {
  const { descent } = texts.value;
  return (
    <section class="descent-stage">
      <div class="stage-head">
        <FunctionEquation variables={f.variables} />
        <p class="note">{descent.about[parts.f.value]}</p>
      </div>
      {f.variables === 1 ? <CurveStage f={f} label={label} /> : <ContourStage f={f} label={label} />}
      <Playback />
      <Endings />
    </section>
  );
}

/** What is seen on the picture, in words. */
const label = computed(() => {
  const { descent } = texts.value;
  const stop = shownStop.value;
  const name = descent.functions[parts.f.value];
  if (stop === undefined) return descent.chart.empty(name);
  const kind = stop.point.length === 1 ? "curve" : "surface";
  return descent.chart[kind](name, descent.rules[parts.shown.value], stop.step, stop.point, stop.value);
});

/** A sentence for every rule that has run away, or come to where the function has no value. */
function Endings() {
  const { descent } = texts.value;
  const [rate, step] = [parts.rate.value, parts.step.value];
  const sentences = [...paths.value].flatMap(([rule, { stops, ending }]) => {
    const last = stops.at(-1);
    if (ending === undefined || last === undefined || last.step > step) return [];
    return [descent.endings[ending](descent.rules[rule], last.step, rate, last.point, rules[rule].hasMomentum)];
  });
  if (sentences.length === 0) return null;
  return (
    <Notice>
      {sentences.map((sentence) => (
        <span key={sentence} class="sentence">
          {sentence}
        </span>
      ))}
    </Notice>
  );
}
