import { axisX, axisY, gridY, lineY, ruleX, ruleY, type PlotOptions } from "@observablehq/plot";
import { useMemo } from "preact/hooks";
import { Mark } from "../charts/mark.tsx";
import { Plane } from "../charts/plane.tsx";
import { Slider } from "../controls/slider.tsx";
import { texts } from "../shell/language.ts";
import { useLatest } from "../shell/use-latest.ts";
import { fixed, significant } from "../texts/numbers.ts";
import type { DescentFunction } from "./functions.ts";
import type { Stop } from "./path.ts";
import { polar, slopeAt, slopesAround, stepInDegrees } from "./slopes.ts";
import { shownStop } from "./shown-stop.ts";
import { ranges, state } from "./state.ts";

/** How fast the function grows in a direction, as the direction turns. */
export function Direction({ f }: { readonly f: DescentFunction }) {
  const { direction } = texts.value.descent;
  const { angle } = state.value;
  const stop = shownStop.value;
  const isSound = stop?.gradient.every(Number.isFinite) === true;
  return (
    <section class="descent-direction">
      <h2>{direction.title}</h2>
      <p class="note">{direction.about}</p>
      <Slider
        label={direction.angle}
        value={angle}
        {...ranges.angle}
        step={1}
        onChange={(value) => state.change({ angle: value })}
      />
      {stop !== undefined && isSound && <Slopes f={f} stop={stop} />}
    </section>
  );
}

function Slopes({ f, stop }: { readonly f: DescentFunction; readonly stop: Stop }) {
  const { direction } = texts.value.descent;
  const { angle } = state.value;
  const place = stop.point.join();
  const { length, angle: uphill } = polar(stop.gradient);
  const slope = useLatest(async () => slopeAt(f, stop.point, angle), [f, place, angle]);
  const marked = useLatest(async () => slopesAt(f, stop.point, uphill), [f, place, uphill]);
  const around = useLatest(async (whileWanted) => slopesAround(f, stop.point, whileWanted), [f, place]);
  const background = useMemo(() => (around === undefined ? undefined : drawn(around, uphill)), [around, uphill]);
  return (
    <>
      <p class="slope-here">
        <SlopeEquation /> <output data-slope>{slope === undefined ? "…" : fixed(slope, 5)}</output>
      </p>
      {background !== undefined && slope !== undefined && (
        <Plane label={direction.chart(angle, slope, uphill)} background={background} ratio={0.42}>
          {(scales) => <Marker x={scales.x(angle)} y={scales.y(slope)} bottom={scales.area.bottom} />}
        </Plane>
      )}
      <p class="note">{direction.here(stop.point, length, uphill)}</p>
      <dl class="slopes">
        <dt>{direction.along}</dt>
        <dd>{marked && significant(marked.along, 5)}</dd>
        <dt>{direction.across}</dt>
        <dd>{marked && significant(Number(marked.across.toFixed(5)), 5)}</dd>
        <dt>{direction.against}</dt>
        <dd>{marked && significant(marked.against, 5)}</dd>
      </dl>
    </>
  );
}

/** The slopes in the three directions that tell the most. */
async function slopesAt(f: DescentFunction, point: readonly number[], uphill: number) {
  return {
    along: await slopeAt(f, point, uphill),
    across: await slopeAt(f, point, uphill + 90),
    against: await slopeAt(f, point, uphill + 180),
  };
}

function Marker({ x, y, bottom }: { readonly x: number; readonly y: number; readonly bottom: number }) {
  return (
    <g>
      <path d={`M${x} ${bottom}V${y}`} stroke="var(--ink)" stroke-dasharray="2 3" />
      <Mark look={{ colour: "--ink", shape: "circle", dashes: [] }} x={x} y={y} size={1.4} />
    </g>
  );
}

function drawn(slopes: readonly number[], uphill: number): PlotOptions {
  const most = Math.max(...slopes.map(Math.abs), 1e-9) * 1.15;
  return {
    x: { domain: [0, 360], ticks: [0, 90, 180, 270, 360], label: "α" },
    y: { domain: [-most, most], ticks: 4, label: "∂z/∂l" },
    marks: [
      gridY({ stroke: "var(--hairline)", strokeOpacity: 1, ticks: 4 }),
      ruleY([0], { stroke: "var(--outline)" }),
      ruleX([uphill], { stroke: "var(--gradient)", strokeWidth: 2, strokeDasharray: "6 4" }),
      lineY([...slopes], {
        x: (_, index) => index * stepInDegrees,
        y: (slope: number) => slope,
        stroke: "var(--accent)",
        strokeWidth: 2,
        curve: "natural",
      }),
      axisX({
        tickSize: 0,
        ticks: [0, 90, 180, 270, 360],
        tickFormat: (degrees: number) => `${degrees}°`,
        labelArrow: "none",
      }),
      axisY({ tickSize: 0, ticks: 4, labelArrow: "none" }),
    ],
  };
}

/** ∂z/∂l = ∇z · e = */
function SlopeEquation() {
  return (
    <math>
      <mfrac>
        <mrow>
          <mi mathvariant="normal">∂</mi>
          <mi>z</mi>
        </mrow>
        <mrow>
          <mi mathvariant="normal">∂</mi>
          <mi>l</mi>
        </mrow>
      </mfrac>
      <mo>=</mo>
      <mi mathvariant="normal">∇</mi>
      <mi>z</mi>
      <mo>·</mo>
      <mi mathvariant="bold">e</mi>
      <mo>=</mo>
    </math>
  );
}
