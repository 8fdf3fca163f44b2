import { useId, useMemo } from "preact/hooks";
import { Mark } from "../charts/mark.tsx";
import type { PlaneScales } from "../charts/plane.tsx";
import type { Stop } from "./path.ts";
import { rules, type RuleName } from "./rules.ts";
import { paths } from "./run.ts";
import { parts } from "./state.ts";
import { Way, type Place } from "./way.ts";

/** Pixels far outside would only cost time: they are cut before the browser sees them. */
const farOutside = 1e4;

interface OverlayProps {
  readonly scales: PlaneScales;
  readonly variables: 1 | 2;
}

/** Every rule's way up to the shown step, the one that is looked at last, so that it lies on top. */
export function PathsOverlay({ scales, variables }: OverlayProps) {
  const shown = parts.shown.value;
  const order = [...parts.rules.value.filter((rule) => rule !== shown), shown];
  return (
    <g clip-path={scales.clip}>
      {order.map((rule) => (
        <RuleWay key={rule} rule={rule} scales={scales} variables={variables} />
      ))}
    </g>
  );
}

/** Where a stop lies on the drawing: of one variable on the curve. */
export function placeOf({ point, value }: Stop, scales: PlaneScales, variables: 1 | 2): Place {
  const [x = NaN, y = NaN] = point;
  const place = [scales.x(x), scales.y(variables === 1 ? value : y)] as const;
  return [clamp(place[0]), clamp(place[1])];
}

function clamp(pixels: number): number {
  return Math.max(-farOutside, Math.min(farOutside, pixels));
}

function RuleWay({ rule, scales, variables }: OverlayProps & { readonly rule: RuleName }) {
  const { look } = rules[rule];
  const id = useId();
  const stops = paths.value.get(rule)?.stops;
  const way = useMemo(
    () => new Way((stops ?? []).map((stop) => placeOf(stop, scales, variables))),
    [stops, scales, variables],
  );
  const count = Math.min(parts.step.value + 1, stops?.length ?? 0);
  const drawn = way.first(count);
  if (drawn === undefined) return null;
  const { line, marks, last } = drawn;
  const mark = `url(#${id})`;
  return (
    <g data-rule={rule} data-stops={count}>
      {/* One element with all marks: each by itself costs more than all the rest of the drawing. */}
      <marker id={id} markerUnits="userSpaceOnUse" markerWidth="12" markerHeight="12" viewBox="-6 -6 12 12">
        <Mark look={look} x={0} y={0} size={0.95} />
      </marker>
      <path
        d={line}
        stroke={`var(${look.colour})`}
        stroke-width={2}
        stroke-dasharray={look.dashes.join(" ") || undefined}
        stroke-linejoin="round"
      />
      <path d={marks} marker-start={mark} marker-mid={mark} marker-end={mark} />
      <Mark look={look} x={last[0]} y={last[1]} size={1.75} />
    </g>
  );
}
