import { axisX, axisY, ruleY, type PlotOptions } from "@observablehq/plot";
import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Mark } from "../charts/mark.tsx";
import { Plane, type PlaneScales } from "../charts/plane.tsx";
import { SymmetricAxis } from "../charts/symmetric-axis.tsx";
import { Slider } from "../controls/slider.tsx";
import { texts } from "../shell/language.ts";
import { fixed, significant } from "../texts/numbers.ts";
import { polar, slopeAlong } from "./slopes.ts";
import { chartedStop } from "./shown-stop.ts";
import { parts, ranges, state } from "./state.ts";

/** Where the shown rule stands and how the function slopes there; undefined where it has no slope. */
const slope = computed(() => {
  const stop = chartedStop.value;
  if (stop?.gradient.length !== 2 || !stop.gradient.every(Number.isFinite)) return undefined;
  return { ...stop, uphill: polar(stop.gradient) };
});

const isSound = computed(() => slope.value !== undefined);

/** How fast the function grows in a direction, as the direction turns. */
export function Direction() {
  const { direction } = texts.value.descent;
  return (
    <section class="descent-direction">
      <h2>{direction.title}</h2>
      <p class="note">{direction.about}</p>
      <Slider
        label={direction.angle}
        value={parts.angle.value}
        {...ranges.angle}
        step={1}
        onChange={(value) => state.change({ angle: value })}
      />
      {isSound.value && (
        <>
          <SlopeHere />
          <Plane label={label} background={background} ratio={0.42}>
            {(scales) => <Front scales={scales} />}
          </Plane>
          <Slopes />
        </>
      )}
    </section>
  );
}

/** The number in the direction that is looked along. */
function SlopeHere() {
  if (slope.value === undefined) return null;
  return (
    <p class="slope-here">
      <SlopeEquation /> <output data-slope>{fixed(slopeAlong(slope.value.gradient, parts.angle.value), 5)}</output>
    </p>
  );
}

/** What is seen on the chart, in words. */
const label = computed(() => {
  const { direction } = texts.value.descent;
  const angle = parts.angle.value;
  if (slope.value === undefined) return direction.title;
  const { gradient, uphill } = slope.value;
  return direction.chart(angle, slopeAlong(gradient, angle), uphill.angle);
});

/** Every picture has the same: the slope as a part of the largest that there is room for. */
const background: PlotOptions = {
  x: { domain: [0, 360], label: "α" },
  y: { domain: [-1, 1], label: "∂z/∂l" },
  marks: [
    ruleY([0], { stroke: "var(--outline)" }),
    axisX({
      tickSize: 0,
      ticks: [0, 90, 180, 270, 360],
      tickFormat: (degrees: number) => `${degrees}°`,
      labelArrow: "none",
    }),
    // Its numbers change with every step: they are drawn in front.
    axisY({ ticks: [], labelArrow: "none" }),
  ],
};

/** Room above the largest slope. */
const room = 1.15;

/** The slope against the angle, and where on it the direction stands. */
function Front({ scales }: { readonly scales: PlaneScales }) {
  const wave = useMemo(() => waveOf(scales), [scales]);
  if (slope.value === undefined) return null;
  const { gradient, uphill } = slope.value;
  const most = room * Math.max(uphill.length, 1e-9);
  const [left, right] = [scales.x(0), scales.x(uphill.angle)];
  const at = scales.x(parts.angle.value);
  return (
    <>
      <SymmetricAxis scales={scales} most={most} />
      <path
        d={`M${right} ${scales.area.top}V${scales.area.bottom}`}
        stroke="var(--gradient)"
        stroke-width={2}
        stroke-dasharray="6 4"
      />
      <g clip-path={scales.clip}>
        <path
          d={uphill.length === 0 ? `M${left} ${scales.y(0)}H${2 * scales.area.right}` : wave}
          transform={`translate(${right - left} 0)`}
          stroke="var(--accent)"
          stroke-width={2}
        />
      </g>
      <Marker x={at} y={scales.y(slopeAlong(gradient, parts.angle.value) / most)} bottom={scales.area.bottom} />
    </>
  );
}

/** Degrees from one point of the curve to the next. */
const stepInDegrees = 5;

/** ∇z · e = ‖∇z‖ cos (α − φ): for a gradient at the angle φ the same curve, so far to the right. */
function waveOf({ x, y }: PlaneScales): string {
  const points = Array.from({ length: 720 / stepInDegrees + 1 }, (_, index) => {
    const angle = index * stepInDegrees - 360;
    return `${x(angle).toFixed(1)} ${y(slopeAlong([1 / room, 0], angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}`;
}

function Marker({ x, y, bottom }: { readonly x: number; readonly y: number; readonly bottom: number }) {
  return (
    <g>
      <path d={`M${x} ${bottom}V${y}`} stroke="var(--ink)" stroke-dasharray="2 3" />
      <Mark look={{ colour: "--ink", shape: "circle", dashes: [] }} x={x} y={y} size={1.4} />
    </g>
  );
}

/** Where it stands, and the slopes in the three directions that tell the most. */
function Slopes() {
  const { direction } = texts.value.descent;
  if (slope.value === undefined) return null;
  const { point, gradient, uphill } = slope.value;
  const along = (turn: number) => slopeAlong(gradient, uphill.angle + turn);
  return (
    <>
      <p class="note">{direction.here(point, uphill.length, uphill.angle)}</p>
      <dl class="slopes">
        <dt>{direction.along}</dt>
        <dd>{significant(along(0), 5)}</dd>
        <dt>{direction.across}</dt>
        <dd>{significant(Number(along(90).toFixed(5)), 5)}</dd>
        <dt>{direction.against}</dt>
        <dd>{significant(along(180), 5)}</dd>
      </dl>
    </>
  );
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
