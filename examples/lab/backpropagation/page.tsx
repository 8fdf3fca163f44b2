import { texts } from "../shell/language.ts";
import { ComparisonTable } from "./comparison-table.tsx";
import { Drawing } from "./drawing.tsx";
import { StageEquations } from "./equations.tsx";
import { passThrough } from "./network.ts";
import { NumbersForm } from "./numbers-form.tsx";
import { StageList } from "./stage-list.tsx";
import { network, state } from "./state.ts";
import { SubstitutionLines } from "./substitution-lines.tsx";
import { substitutionsOf } from "./substitutions.ts";
import "./backpropagation.css";

export { state } from "./state.ts";

/** Back-propagation in a 2-2-2 network, one equation at a time. */
export function View() {
  const { backpropagation } = texts.value;
  const { stage } = state.value;
  const passes = passThrough(network.value);
  const { title, about } = backpropagation.stages[stage];
  return (
    <article class="backpropagation">
      <header>
        <h1>{backpropagation.title}</h1>
        <p class="lead">{backpropagation.lead}</p>
      </header>
      <div class="backpropagation-grid">
        <StageList />
        <section class="stage-now">
          <div aria-live="polite">
            <div class="stage-head">
              <h2>{title}</h2>
              <StageEquations stage={stage} />
            </div>
            <p class="note">{about}</p>
          </div>
          <Drawing network={network.value} passes={passes} stage={stage} />
          <SubstitutionLines lines={substitutionsOf(stage, network.value, passes)} />
        </section>
        <NumbersForm />
        <ComparisonTable network={network.value} passes={passes} />
      </div>
    </article>
  );
}
