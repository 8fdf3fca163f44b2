import { LineChart } from "../charts/line-chart.tsx";
import { texts } from "../shell/language.ts";
import { calmSteps } from "./calm-step.ts";
import { rules } from "./rules.ts";
import { paths } from "./run.ts";
import { parts, state } from "./state.ts";

/** The function's value against the step, of every rule that runs. */
export function ValuesChart() {
  const { descent } = texts.value;
  const [chosen, step, log] = [parts.rules.value, calmSteps.charts.value, parts.log.value];
  const x = Array.from({ length: Math.max(step, 1) + 1 }, (_, index) => index);
  const lines = chosen.map((rule) => ({
    label: descent.rules[rule],
    look: rules[rule].look,
    values: x.map((index) => (index > step ? null : finite(paths.value.get(rule)?.stops[index]?.value))),
  }));
  const names = chosen.map((rule) => descent.rules[rule]);
  return (
    <section class="descent-values">
      <h2>{descent.values.title}</h2>
      <label class="inline">
        <input type="checkbox" checked={log} onChange={() => state.change({ log: !log })} />
        <span>{descent.values.log}</span>
      </label>
      <LineChart
        label={descent.values.label(names, step)}
        x={x}
        xLabel={descent.values.x}
        yLabel={descent.values.y}
        lines={lines}
        isLogarithmic={log}
      />
    </section>
  );
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
