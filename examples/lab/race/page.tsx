import { useEffect } from "preact/hooks";
import { texts } from "../shell/language.ts";
import { Faults } from "./faults.tsx";
import { LossChart } from "./loss-chart.tsx";
import { MeasuredTable } from "./measured-table.tsx";
import { Outcome } from "./outcome.tsx";
import { PathChart } from "./path-chart.tsx";
import { Playback } from "./playback-bar.tsx";
import { startPlayback } from "./playback.ts";
import { startRun } from "./run.ts";
import { Settings } from "./settings.tsx";
import { Standings } from "./standings.tsx";
import { Starter } from "./starter.tsx";
import { ViewChoice } from "./view-choice.tsx";
import "./race.css";

export { state } from "./state.ts";

/** Regimes of descent side by side: from the same start, on the same data. */
export function View() {
  const { race } = texts.value;
  useEffect(startRun, []);
  useEffect(startPlayback, []);
  return (
    <article class="race">
      <header>
        <h1>{race.title}</h1>
        <p class="lead">{race.lead}</p>
      </header>
      <div class="race-grid">
        <Settings />
        <div class="race-stage">
          <Starter />
          <Faults />
          <Outcome />
          <ViewChoice />
          <div class="race-charts">
            <LossChart />
            <PathChart />
          </div>
          <Playback />
          <Standings />
        </div>
        <MeasuredTable />
      </div>
    </article>
  );
}
