import { axisX, axisY, gridX, gridY, lineY, type PlotOptions } from "@observablehq/plot";
import type { ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Arrow } from "../charts/arrow.tsx";
import { Plane, type PlaneScales } from "../charts/plane.tsx";
import { useLatest } from "../shell/use-latest.ts";
import { significant } from "../texts/numbers.ts";
import type { DescentFunction } from "./functions.ts";
import { PathsOverlay, placeOf } from "./paths-overlay.tsx";
import { sampleCurve, type Curve } from "./sample.ts";
import { shownStop } from "./shown-stop.ts";
import { parts, state } from "./state.ts";

interface CurveStageProps {
  readonly f: DescentFunction;
  /** What is seen on it, in words. */
  readonly label: ReadonlySignal<string>;
}

/** A function of one variable: its curve, the paths on it, the tangent and the gradient where it stands. */
export function CurveStage({ f, label }: CurveStageProps) {
  const x = parts.x.value;
  const isInView = f.view.x[0] <= x && x <= f.view.x[1];
  const curve = useLatest(async () => sampleCurve(f, x), [f, isInView ? "in view" : x]);
  const background = useMemo(() => (curve === undefined ? undefined : drawn(curve)), [curve]);
  if (background === undefined) return <div class="plane-waiting" />;
  return (
    <Plane
      label={label}
      background={background}
      ratio={0.6}
      onPick={(picked) => state.change({ x: Number(picked.toPrecision(3)), step: 0 })}
    >
      {(scales) => (
        <>
          <Tangent scales={scales} />
          <PathsOverlay scales={scales} variables={1} />
          <Slope scales={scales} />
        </>
      )}
    </Plane>
  );
}

function drawn({ x, y, points }: Curve): PlotOptions {
  return {
    x: { domain: [...x], label: "x" },
    y: { domain: [...y], label: "y" },
    marks: [
      gridX({ stroke: "var(--hairline)", strokeOpacity: 1 }),
      gridY({ stroke: "var(--hairline)", strokeOpacity: 1, ticks: 8 }),
      axisX({ tickSize: 0, labelArrow: "none", labelAnchor: "right" }),
      axisY({ tickSize: 0, labelArrow: "none", ticks: 8 }),
      lineY([...points], {
        x: ([at]) => at,
        y: ([, value]) => value,
        stroke: "var(--ink)",
        strokeWidth: 2,
        clip: true,
      }),
    ],
  };
}

/** Half the tangent's length, in pixels. */
const reach = 110;

/** Through the point, as steep as the curve: the slope in the drawing's own units. */
function Tangent({ scales }: { readonly scales: PlaneScales }) {
  const stop = shownStop.value;
  if (stop === undefined) return null;
  const [px, py] = placeOf(stop, scales, 1);
  const [slope = NaN] = stop.gradient;
  const steepness = (slope * (scales.y(1) - scales.y(0))) / (scales.x(1) - scales.x(0));
  const across = reach / Math.hypot(1, steepness);
  const up = across * steepness;
  if (!Number.isFinite(px + py + up)) return null;
  return (
    <path
      d={`M${px - across} ${py - up}L${px + across} ${py + up}`}
      stroke="var(--gradient)"
      stroke-width={1.5}
      stroke-dasharray="6 4"
    />
  );
}

/** The gradient of a function of x points along the x axis, to where the function grows. */
function Slope({ scales }: { readonly scales: PlaneScales }) {
  const stop = shownStop.value;
  if (stop === undefined) return null;
  const [px] = placeOf(stop, scales, 1);
  const [slope = NaN] = stop.gradient;
  if (!Number.isFinite(slope)) return null;
  const y = scales.area.bottom - 16;
  const length = Math.sign(slope) * (24 + 90 * (Math.abs(slope) / (Math.abs(slope) + 2)));
  const to = px + (slope === 0 ? 0 : length);
  const isLeft = slope < 0;
  return (
    <g>
      <path d={`M${px} ${placeOf(stop, scales, 1)[1]}V${y}`} stroke="var(--gradient)" stroke-dasharray="2 3" />
      <Arrow from={[px, y]} to={[to, y]} colour="--gradient" />
      <text x={isLeft ? to - 6 : to + 6} y={y + 4} text-anchor={isLeft ? "end" : "start"}>
        ∇ = {significant(slope, 4)}
      </text>
    </g>
  );
}
