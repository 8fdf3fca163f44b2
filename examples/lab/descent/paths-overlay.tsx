import { Mark } from "../charts/mark.tsx";
import type { PlaneScales } from "../charts/plane.tsx";
import type { Stop } from "./path.ts";
import { rules, type RuleName } from "./rules.ts";
import { paths } from "./run.ts";
import { state } from "./state.ts";

/** More marks than these run together, and take long to draw. */
const mostMarks = 60;

/** Pixels far outside would only cost time: they are cut before the browser sees them. */
const farOutside = 1e4;

/** Every rule's way up to the shown step, the one that is looked at last, so that it lies on top. */
export function PathsOverlay({ scales, variables }: { readonly scales: PlaneScales; readonly variables: 1 | 2 }) {
  const { shown, step, rules: chosen } = state.value;
  const order = [...chosen.filter((rule) => rule !== shown), shown];
  return (
    <g clip-path={scales.clip}>
      {order.map((rule) => {
        const stops = paths.value.get(rule)?.stops.slice(0, step + 1) ?? [];
        return <Way key={rule} rule={rule} places={stops.map((stop) => placeOf(stop, scales, variables))} />;
      })}
    </g>
  );
}

/** Where a stop lies on the drawing: of one variable on the curve. */
export function placeOf({ point, value }: Stop, scales: PlaneScales, variables: 1 | 2): readonly [number, number] {
  const [x = NaN, y = NaN] = point;
  const place = [scales.x(x), scales.y(variables === 1 ? value : y)] as const;
  return [clamp(place[0]), clamp(place[1])];
}

function clamp(pixels: number): number {
  return Math.max(-farOutside, Math.min(farOutside, pixels));
}

function Way({ rule, places }: { readonly rule: RuleName; readonly places: readonly (readonly [number, number])[] }) {
  const { look } = rules[rule];
  const seen = places.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const last = seen.at(-1);
  if (last === undefined) return null;
  const every = Math.ceil(seen.length / mostMarks);
  return (
    <g data-rule={rule} data-stops={places.length}>
      <path
        d={`M${seen.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`}
        stroke={`var(${look.colour})`}
        stroke-width={2}
        stroke-dasharray={look.dashes.join(" ") || undefined}
        stroke-linejoin="round"
      />
      {seen.map(([x, y], index) =>
        index % every === 0 ? <Mark key={index} look={look} x={x} y={y} size={0.95} /> : null,
      )}
      <Mark look={look} x={last[0]} y={last[1]} size={1.75} />
    </g>
  );
}
