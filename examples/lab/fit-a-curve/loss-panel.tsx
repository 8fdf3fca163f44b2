import { LineChart } from "../charts/line-chart.tsx";
import type { Look } from "../charts/mark.tsx";
import { texts } from "../shell/language.ts";
import { significant } from "../texts/numbers.ts";
import { isSettled, shown } from "./run.ts";
import { state } from "./state.ts";

const looks = {
  training: { colour: "--rule-1", shape: "circle", dashes: [] },
  validation: { colour: "--rule-2", shape: "square", dashes: [7, 4] },
} as const satisfies Record<string, Look>;

/** The losses of the epochs so far. */
export function LossPanel() {
  const { lossChart } = texts.value.fit;
  const { log } = state.value;
  // Without data there is nothing to wait for either.
  if (shown.value === undefined && isSettled.value) return null;
  const { epochs, training, validation } = shown.value?.frame.losses ?? { epochs: [], training: [], validation: [] };
  const lines = [
    { label: lossChart.training, look: looks.training, values: training },
    ...(validation.length > 0 ? [{ label: lossChart.validation, look: looks.validation, values: validation }] : []),
  ];
  const last = validation.at(-1);
  return (
    <section class="fit-loss">
      <div class="fit-loss-head">
        <h2>{lossChart.title}</h2>
        <label class="fit-inline">
          <input type="checkbox" checked={log} onChange={() => state.change({ log: !log })} />
          <span>{lossChart.log}</span>
        </label>
      </div>
      <LineChart
        label={lossChart.label(
          epochs.at(-1) ?? 0,
          significant(training.at(-1) ?? NaN, 4),
          last === undefined ? undefined : significant(last, 4),
        )}
        x={epochs}
        xLabel={lossChart.x}
        yLabel={lossChart.y}
        lines={lines}
        height={200}
        isLogarithmic={log}
      />
      <p class="fit-note">{lossChart.explanation}</p>
    </section>
  );
}
