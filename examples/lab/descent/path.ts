import { DivergenceError, minimize, type NestedNumbers, type PathPoint } from "rivulet";
import { objectiveOf, type Descended } from "./functions.ts";
import { rules, type Rates, type RuleName } from "./rules.ts";

/** One point of a descent: one coordinate or two. */
export interface Stop {
  readonly step: number;
  readonly point: readonly number[];
  readonly value: number;
  readonly gradient: readonly number[];
}

/** Why a descent came to an end before its time. */
type Ending = "ranAway" | "undefined";

/** The way down by one rule, from the start. */
export interface DescentPath {
  readonly stops: readonly Stop[];
  /** With the last stop, whose point has gone too far, or whose value is no number. */
  readonly ending?: Ending;
}

/** A coordinate beyond this has run away. */
const farAway = 1e6;

/** Ends a descent that nobody waits for any more. */
class Superseded extends Error {
  static override readonly name: string = "Superseded";
}

export interface Descent extends Rates {
  readonly f: Descended;
  readonly start: readonly [number, number];
  readonly rule: RuleName;
  readonly steps: number;
}

/**
 * Descends by the library's `minimize`, and keeps the way.
 *
 * @param signal when it is aborted, the descent ends at its next step
 * @returns undefined if it was aborted
 */
export async function descend(
  { f, start, rule, steps, ...rates }: Descent,
  signal?: AbortSignal,
): Promise<DescentPath | undefined> {
  using optimizer = rules[rule].make(rates);
  const objective = objectiveOf(f);
  const from = f.variables === 1 ? start[0] : [...start];
  try {
    const { path } = await minimize(
      (point) => {
        if (signal?.aborted === true) throw new Superseded();
        return objective(point);
      },
      from,
      { optimizer, steps },
    );
    return endingWhereFar(path.map(stopOf));
  } catch (error) {
    if (error instanceof Superseded) return undefined;
    if (error instanceof DivergenceError && error.path !== undefined) return ended(error.path.map(stopOf));
    throw error;
  }
}

function stopOf({ step, point, value, gradient }: PathPoint): Stop {
  return { step, point: coordinates(point), value, gradient: coordinates(gradient) };
}

function coordinates(point: NestedNumbers): readonly number[] {
  return (typeof point === "number" ? [point] : point) as readonly number[];
}

/** A path that the library found to diverge: it went too far at some point before, or stands where there is no value. */
function ended(stops: readonly Stop[]): DescentPath {
  const cut = endingWhereFar(stops);
  return cut.ending === undefined ? { stops, ending: "undefined" } : cut;
}

function endingWhereFar(stops: readonly Stop[]): DescentPath {
  const far = stops.findIndex(({ point }) => point.some((coordinate) => Math.abs(coordinate) > farAway));
  return far < 0 ? { stops } : { stops: stops.slice(0, far + 1), ending: "ranAway" };
}
