import { axisX, axisY, gridX, gridY, type PlotOptions } from "@observablehq/plot";
import { useMemo } from "preact/hooks";
import { Mark } from "../charts/mark.tsx";
import { Plane, type PlaneScales } from "../charts/plane.tsx";
import { texts } from "../shell/language.ts";
import { significant } from "../texts/numbers.ts";
import { standingAt } from "./course.ts";
import { lanes, type Lane, type LaneRun } from "./lanes.ts";
import { logTicks } from "./log-ticks.ts";
import { liveRange } from "./live-extent.ts";
import { isHollow } from "./looks.ts";
import { lossRange } from "./loss-range.ts";
import { extent, moment } from "./playback.ts";
import { isRacing, raced } from "./run.ts";
import { opacityOf } from "./singled.ts";
import { state } from "./state.ts";
import { way } from "./way.ts";

/** The losses of all regimes up to the moment that is shown, the rest of their course faintly. */
export function LossChart() {
  const { race } = texts.value;
  const { by, log, logx } = state.value;
  const curves = lanes.value.flatMap(({ runs }) => runs.map(({ curve }) => curve));
  const range = isRacing.value ? liveRange(lossRange(curves, log)) : lossRange(curves, log);
  const { least, most } = extent.value;
  const background = useMemo<PlotOptions>(() => {
    const xTicks = logx ? logTicks({ least, most }) : 5;
    const yTicks = log ? logTicks(range) : 5;
    return {
      x: { type: logx ? "log" : "linear", domain: [least, most], label: race.axes[by] },
      y: { type: log ? "log" : "linear", domain: [range.least, range.most], label: race.lossAxis },
      marks: [
        gridX({ ticks: xTicks, stroke: "var(--hairline)", strokeOpacity: 1 }),
        gridY({ ticks: yTicks, stroke: "var(--hairline)", strokeOpacity: 1 }),
        axisX({ tickSize: 0, labelArrow: "none", ticks: xTicks, tickFormat: tickText }),
        axisY({ tickSize: 0, labelArrow: "none", ticks: yTicks, tickFormat: tickText }),
      ],
    };
  }, [by, log, logx, least, most, range.least, range.most, race]);
  return (
    <figure class="race-chart" data-chart="loss">
      <figcaption>{race.lossTitle}</figcaption>
      <div class="race-picture">
        <Plane label={labelNow()} background={background} ratio={0.8}>
          {(scales) => <Front scales={scales} />}
        </Plane>
        {curves.length === 0 && <p class="race-empty">{race.empty}</p>}
      </div>
    </figure>
  );
}

function tickText(value: number): string {
  return significant(value, 6);
}

/** What is seen on it, in words. */
function labelNow(): string {
  const { race } = texts.value;
  const { by } = state.value;
  const standings = lanes.value.flatMap((lane) => {
    const [first] = lane.runs;
    const loss = first === undefined ? undefined : standingAt(first.curve, null, by, moment.value)?.loss;
    const regime = race.regime(lane.batchSize, lane.momentum);
    return loss == null ? [] : [race.standing(regime, significant(loss, 3))];
  });
  if (standings.length === 0) return race.empty;
  const all = standings.join("; ");
  return isRacing.value ? race.lossSoFar(all) : race.lossLabel(race.moments[by](moment.value), all);
}

function Front({ scales }: { readonly scales: PlaneScales }) {
  const { race } = texts.value;
  const { area } = scales;
  const target = raced.value?.comparison?.target.loss;
  const head = Math.max(area.left, Math.min(area.right, scales.x(moment.value)));
  return (
    <>
      <g clip-path={scales.clip}>
        {target != null && <path class="race-target" d={`M${area.left} ${scales.y(target)}H${area.right}`} />}
        {lanes.value.map((lane) => (
          <Ways key={lane.key} lane={lane} scales={scales} />
        ))}
        {lanes.value.length > 0 && !isRacing.value && Number.isFinite(head) && (
          <path class="race-head" d={`M${head} ${area.top}V${area.bottom}`} />
        )}
        {target != null && (
          <text class="race-target-name" x={area.right - 10} y={scales.y(target) - 5} text-anchor="end">
            {race.target}
          </text>
        )}
      </g>
      {lanes.value.map((lane) => (
        <Runner key={lane.key} lane={lane} scales={scales} />
      ))}
    </>
  );
}

/** Its runs: the first one as a regime is drawn, the others thinner. */
function Ways({ lane, scales }: { readonly lane: Lane; readonly scales: PlaneScales }) {
  return (
    <g opacity={opacityOf(lane.key)} data-lane={lane.key}>
      {lane.runs.map((run, index) => (
        <LossWay key={run.repeat} run={run} lane={lane} scales={scales} width={index === 0 ? 2 : 0.8} />
      ))}
    </g>
  );
}

interface LossWayProps {
  readonly run: LaneRun;
  readonly lane: Lane;
  readonly scales: PlaneScales;
  readonly width: number;
}

function LossWay({ run: { curve }, lane: { look }, scales, width }: LossWayProps) {
  const { by } = state.value;
  const standing = standingAt(curve, null, by, moment.value);
  if (standing === undefined) return null;
  const places = curve[by].map((value, index) => placeOf(scales, value, curve.trainingLoss[index] ?? null));
  const here = placeOf(scales, standing.value, standing.loss);
  const stroke = `var(${look.colour})`;
  return (
    <>
      {!standing.isOver && <path d={way(places)} stroke={stroke} stroke-width={1} opacity={0.25} />}
      <path
        d={way([...places.slice(0, standing.points), here])}
        stroke={stroke}
        stroke-width={width}
        stroke-dasharray={look.dashes.join(" ") || undefined}
        stroke-linejoin="round"
      />
    </>
  );
}

/** The mark at which a regime stands. */
function Runner({
  lane: { key, look, momentum, runs },
  scales,
}: {
  readonly lane: Lane;
  readonly scales: PlaneScales;
}) {
  const [first] = runs;
  const standing = first && standingAt(first.curve, null, state.value.by, moment.value);
  if (standing === undefined) return null;
  const [x, y] = placeOf(scales, standing.value, standing.loss);
  const { top, bottom } = scales.area;
  if (Number.isNaN(y)) return null;
  return (
    <g opacity={opacityOf(key)}>
      <Mark look={look} x={x} y={Math.max(top, Math.min(bottom, y))} size={1.5} isHollow={isHollow(momentum)} />
    </g>
  );
}

/** On the drawing. The start has no place on a logarithmic axis: it stands at the left end. */
function placeOf({ x, y, area }: PlaneScales, value: number, loss: number | null): readonly [number, number] {
  const left = x(value);
  return [Number.isFinite(left) ? Math.max(area.left, left) : area.left, loss === null ? NaN : y(loss)];
}
