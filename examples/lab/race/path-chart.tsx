import { axisX, axisY, contour, type PlotOptions } from "@observablehq/plot";
import { useMemo } from "preact/hooks";
import type { LossSlice } from "rivulet";
import { Mark } from "../charts/mark.tsx";
import { Plane, type PlaneScales } from "../charts/plane.tsx";
import { contourLevels } from "../descent/contour-levels.ts";
import { texts } from "../shell/language.ts";
import { standingAt } from "./course.ts";
import { lanes, type Lane } from "./lanes.ts";
import { isHollow } from "./looks.ts";
import { moment } from "./playback.ts";
import { raced } from "./run.ts";
import { opacityOf } from "./singled.ts";
import { axisNames } from "./slice-axes.ts";
import { state } from "./state.ts";
import { way } from "./way.ts";

/** The loss around the runs, and the way of each across it up to the moment that is shown. */
export function PathChart() {
  const { race } = texts.value;
  const comparison = raced.value?.comparison;
  const slice = comparison?.slice;
  return (
    <figure class="race-chart" data-chart="paths">
      <figcaption>{race.pathsTitle}</figcaption>
      {slice == null ? (
        <div class="race-picture race-nothing">
          <p class="race-empty">{comparison === undefined ? race.waitForPaths : race.noPaths}</p>
        </div>
      ) : (
        <>
          <div class="race-picture">
            <Paths slice={slice} />
          </div>
          <p class="note">{aboutSlice(slice, comparison?.network.parameters ?? 0)}</p>
        </>
      )}
    </figure>
  );
}

function aboutSlice({ kind, explained }: LossSlice, weights: number): string {
  const { slice } = texts.value.race;
  if (kind === "parameters" || explained === null) return slice.parameters;
  return slice.principal(slice.percent(explained[0] + explained[1]), weights);
}

function Paths({ slice }: { readonly slice: LossSlice }) {
  const { race } = texts.value;
  const background = useMemo(() => drawn(slice, axisNames(slice, race.slice)), [slice, race]);
  return (
    <Plane label={race.pathLabel(race.moments[state.value.by](moment.value))} background={background} ratio={0.8}>
      {(scales) => (
        <>
          <g clip-path={scales.clip}>
            {lanes.value.map((lane) => (
              <Ways key={lane.key} lane={lane} scales={scales} />
            ))}
          </g>
          {lanes.value.map((lane) => (
            <Runner key={lane.key} lane={lane} scales={scales} />
          ))}
        </>
      )}
    </Plane>
  );
}

function drawn({ x, y, losses }: LossSlice, [xName, yName]: readonly [string, string]): PlotOptions {
  const values = Float32Array.from(losses.flat(), (loss) => loss ?? NaN);
  const levels = contourLevels(values);
  const shade = (index: number) =>
    `color-mix(in oklab, var(--high) ${Math.round((100 * index) / levels.length)}%, var(--low))`;
  const [x1 = 0, x2 = 1, y1 = 0, y2 = 1] = [x[0], x.at(-1), y[0], y.at(-1)];
  return {
    x: { domain: [x1, x2], label: xName },
    y: { domain: [y1, y2], label: yName },
    color: {
      type: "threshold",
      domain: levels,
      range: Array.from({ length: levels.length + 1 }, (_, index) => shade(index)),
    },
    marks: [
      contour(values, {
        width: x.length,
        height: y.length,
        x1,
        x2,
        y1,
        y2,
        thresholds: levels,
        stroke: "var(--contour)",
        strokeWidth: 0.75,
        fill: (value: number) => value,
        clip: true,
      }),
      axisX({ tickSize: 0, labelArrow: "none", ticks: 5 }),
      axisY({ tickSize: 0, labelArrow: "none", ticks: 5 }),
    ],
  };
}

interface LaneProps {
  readonly lane: Lane;
  readonly scales: PlaneScales;
}

function Ways({ lane: { key, look, runs }, scales }: LaneProps) {
  const { by } = state.value;
  return (
    <g opacity={opacityOf(key)} data-lane={key}>
      {runs.map(({ repeat, curve, path }, index) => {
        const standing = standingAt(curve, path, by, moment.value);
        if (path === null || standing === undefined) return null;
        const places = path.x
          .slice(0, standing.points)
          .map((x, point) => [scales.x(x), scales.y(path.y[point] ?? NaN)] as const);
        const here = [scales.x(standing.x ?? NaN), scales.y(standing.y ?? NaN)] as const;
        return (
          <path
            key={repeat}
            d={way([...places, here])}
            stroke={`var(${look.colour})`}
            stroke-width={index === 0 ? 2 : 0.8}
            stroke-dasharray={look.dashes.join(" ") || undefined}
            stroke-linejoin="round"
          />
        );
      })}
    </g>
  );
}

function Runner({ lane: { key, look, momentum, runs }, scales }: LaneProps) {
  const [first] = runs;
  const standing = first && standingAt(first.curve, first.path, state.value.by, moment.value);
  if (standing?.x === undefined || standing.y === undefined) return null;
  return (
    <g opacity={opacityOf(key)} data-runner={key} data-x={standing.x} data-y={standing.y}>
      <Mark look={look} x={scales.x(standing.x)} y={scales.y(standing.y)} size={1.5} isHollow={isHollow(momentum)} />
    </g>
  );
}
