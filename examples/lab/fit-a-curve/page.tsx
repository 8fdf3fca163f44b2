import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { texts } from "../shell/language.ts";
import { openFiles } from "./csv.ts";
import { CsvNotice } from "./csv-notice.tsx";
import { DataChart } from "./data-chart.tsx";
import { DataPicker } from "./data-picker.tsx";
import { inputsOf } from "./data/datasets.ts";
import { DrawTools } from "./draw-tools.tsx";
import { Faults } from "./faults.tsx";
import { Legend } from "./legend.tsx";
import { LossPanel } from "./loss-panel.tsx";
import { Readouts } from "./readouts.tsx";
import { startRun } from "./run.ts";
import { Settings } from "./settings.tsx";
import { state } from "./state.ts";
import { Transport } from "./transport.tsx";
import { UnitPictures } from "./unit-pictures.tsx";
import "./fit-a-curve.css";

export { state } from "./state.ts";

/** A network that learns a curve, or two classes, from points. */
export function View() {
  const { fit } = texts.value;
  const isOver = useSignal(false);
  useEffect(startRun, []);
  return (
    <article
      class="fit"
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes("Files") !== true) return;
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) isOver.value = false;
      }}
      onDrop={(event) => {
        if (event.dataTransfer === null) return;
        event.preventDefault();
        isOver.value = false;
        void openFiles([...event.dataTransfer.files]);
      }}
    >
      <header>
        <h1>{fit.title}</h1>
        <p class="lead">{fit.lead}</p>
      </header>
      <Transport />
      <CsvNotice />
      <Faults />
      <div class="fit-grid">
        <Settings />
        <section class="fit-stage" data-inputs={inputsOf(state.value.data)} data-over={isOver.value}>
          <DataPicker />
          <DataChart />
          <Legend />
          <DrawTools />
          {isOver.value && <p class="fit-drop">{fit.draw.drop}</p>}
        </section>
        <div class="fit-beside">
          <LossPanel />
          <Readouts />
        </div>
        <UnitPictures />
      </div>
    </article>
  );
}
