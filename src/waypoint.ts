import { assign, disposeValues, snapshot, type Assignment } from "./assignment.ts";
import { expectAlive, type Model } from "./model.ts";
import type { Optimizer } from "./optimizer.ts";
import type { StepCounts } from "./optimizer-state.ts";

/** Where a training stands between two steps, to go back to. */
export interface Waypoint {
  /** Of the parameters, the layers' state and the optimizer's: this waypoint's own. */
  readonly values: readonly Assignment[];
  /** How many steps the model had taken, and the optimizer with each parameter. */
  readonly stepsTaken: number | undefined;
  readonly counts: StepCounts;
}

/** Where the training stands now. Whoever asked disposes of its values; nothing is copied. */
export function waypointOf(model: Model, optimizer: Optimizer): Waypoint {
  return { values: valuesNow(model, optimizer), ...countsNow(model, optimizer) };
}

/** The values of a waypoint here. The caller disposes of them; nothing is copied. */
export function valuesNow(model: Model, optimizer: Optimizer): Assignment[] {
  return snapshot([...model.parameters, ...(model.state ?? []), ...optimizer.stateOf(model.parameters)]);
}

/** The counts of a waypoint here. */
export function countsNow(model: Model, optimizer: Optimizer): Omit<Waypoint, "values"> {
  return { stepsTaken: model.stepsTaken, counts: optimizer.countsOf(model.parameters) };
}

/** Sets all as it stood there. What the optimizer did not remember yet has its first values again. */
export function goBackTo(model: Model, optimizer: Optimizer, { values, stepsTaken, counts }: Waypoint): void {
  expectAlive(model);
  optimizer.reset(model.parameters);
  optimizer.restoreCounts(counts);
  assign(values);
  if (stepsTaken !== undefined) model.stepsTaken = stepsTaken;
}

/** The last two waypoints of a run, one an epoch: of the newer the last step may have spoilt the weights. And the first. */
export class Trail {
  /** From the newest to the oldest. */
  readonly points: Waypoint[] = [];
  #start: Waypoint | undefined;

  /** @param point the trail's from now on */
  add(point: Waypoint): void {
    this.#start ??= point;
    this.points.unshift(point);
    for (const old of this.points.splice(2)) if (old !== this.#start) disposeValues(old.values);
  }

  /** Where the run started. */
  get start(): Waypoint | undefined {
    return this.#start;
  }

  get newest(): Waypoint | undefined {
    return this.points[0];
  }

  dispose(): void {
    const kept = new Set(this.points.splice(0));
    if (this.#start !== undefined) kept.add(this.#start);
    this.#start = undefined;
    for (const { values } of kept) disposeValues(values);
  }
}
