import { axisX, axisY, contour, type PlotOptions } from "@observablehq/plot";
import type { ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Arrow } from "../charts/arrow.tsx";
import { Plane, type PlaneScales } from "../charts/plane.tsx";
import { useLatest } from "../shell/use-latest.ts";
import { contourLevels } from "./contour-levels.ts";
import type { DescentFunction } from "./functions.ts";
import { PathsOverlay, placeOf } from "./paths-overlay.tsx";
import { sampleSurface, viewOf, type Surface } from "./sample.ts";
import { shownStop } from "./shown-stop.ts";
import { parts, state } from "./state.ts";

interface ContourStageProps {
  readonly f: DescentFunction;
  /** What is seen on it, in words. */
  readonly label: ReadonlySignal<string>;
}

/** A function of two variables: its contours, the paths across them, the gradient and a direction where it stands. */
export function ContourStage({ f, label }: ContourStageProps) {
  const view = viewOf(f, [parts.x.value, parts.y.value]);
  const surface = useLatest(async () => ({ view, sampled: await sampleSurface(f, view) }), [f, JSON.stringify(view)]);
  const background = useMemo(
    () => (surface === undefined ? undefined : drawn(surface.view, surface.sampled)),
    [surface],
  );
  if (background === undefined) return <div class="plane-waiting" />;
  return (
    <Plane
      label={label}
      background={background}
      ratio={0.75}
      onPick={(px, py) => state.change({ x: Number(px.toPrecision(3)), y: Number(py.toPrecision(3)), step: 0 })}
    >
      {(scales) => (
        <>
          <PathsOverlay scales={scales} variables={2} />
          <Directions scales={scales} />
        </>
      )}
    </Plane>
  );
}

function drawn(view: DescentFunction["view"], { x, y, columns, rows, values }: Surface): PlotOptions {
  const levels = contourLevels(values);
  const shade = (index: number) =>
    `color-mix(in oklab, var(--high) ${Math.round((100 * index) / levels.length)}%, var(--low))`;
  return {
    x: { domain: [...view.x], label: "x" },
    y: { domain: [...view.y], label: "y" },
    color: {
      type: "threshold",
      domain: levels,
      range: Array.from({ length: levels.length + 1 }, (_, index) => shade(index)),
    },
    marks: [
      contour(values, {
        width: columns,
        height: rows,
        x1: x[0],
        x2: x[1],
        y1: y[0],
        y2: y[1],
        thresholds: levels,
        stroke: "var(--contour)",
        strokeWidth: 0.75,
        fill: (value: number) => value,
        clip: true,
      }),
      axisX({ tickSize: 0, labelArrow: "none" }),
      axisY({ tickSize: 0, labelArrow: "none", ticks: 6 }),
    ],
  };
}

/** The gradient, to where the function grows fastest, and the direction that is looked along. */
function Directions({ scales }: { readonly scales: PlaneScales }) {
  const stop = shownStop.value;
  if (stop === undefined) return null;
  const from = placeOf(stop, scales, 2);
  const [dx = NaN, dy = NaN] = stop.gradient;
  const size = Math.hypot(dx, dy);
  const radians = (parts.angle.value * Math.PI) / 180;
  if (!Number.isFinite(size)) return null;
  const length = size === 0 ? 0 : 28 + 80 * (size / (size + 2));
  const tip = (ex: number, ey: number, pixels: number) => [from[0] + ex * pixels, from[1] - ey * pixels] as const;
  const uphill = size === 0 ? from : tip(dx / size, dy / size, length);
  const along = tip(Math.cos(radians), Math.sin(radians), 70);
  return (
    <g>
      <Arrow from={from} to={along} colour="--ink" width={1.5} dashes="2 3" />
      <Label at={along} from={from}>
        α
      </Label>
      <Arrow from={from} to={uphill} colour="--gradient" width={3} />
      <Label at={uphill} from={from}>
        ∇
      </Label>
    </g>
  );
}

interface LabelProps {
  readonly at: readonly [number, number];
  readonly from: readonly [number, number];
  readonly children: string;
}

/** Beyond an arrow's tip. */
function Label({ at, from, children }: LabelProps) {
  const length = Math.hypot(at[0] - from[0], at[1] - from[1]) || 1;
  const [ex, ey] = [(at[0] - from[0]) / length, (at[1] - from[1]) / length];
  return (
    <text x={at[0] + 11 * ex} y={at[1] + 11 * ey + 4} text-anchor="middle">
      {children}
    </text>
  );
}
