import { largestCurvature } from "./curvature.ts";
import { gradientAt, weightsOf, type LossAndGradient } from "./gradient-at.ts";
import type { Look } from "./look.ts";
import type { StepCounts } from "../optimizer-state.ts";
import { readVector, type ParameterVector } from "./parameter-vector.ts";

/** Weights that are worth a look, and what is there. */
export interface Place extends LossAndGradient {
  readonly weights: ParameterVector;
  /** Which weights those are. */
  readonly which: string;
  /** The number of the step that leads on from there, counted from 1: a schedule's rate follows from it. */
  readonly step: number;
}

/** What was found out is found out once: it takes dozens of gradients. */
const known = new WeakMap<Look, Promise<[Place, ...Place[]]>>();
const knownCurvatures = new WeakMap<Place, Promise<number | undefined>>();

/**
 * Where the run started; then where it is now, if the loss is smaller there. On its way to infinity a run comes where
 * gradients are huge and no learning rate is small enough: that tells nothing.
 */
export async function placesOf(look: Look): Promise<[Place, ...Place[]]> {
  const places = known.get(look) ?? findPlaces(look);
  known.set(look, places);
  return places;
}

/** `largestCurvature` at a place of a look. */
export async function curvatureAt(look: Look, place: Place): Promise<number | undefined> {
  const curvature = knownCurvatures.get(place) ?? largestCurvature(look, place.weights);
  knownCurvatures.set(place, curvature);
  return curvature;
}

async function findPlaces(look: Look): Promise<[Place, ...Place[]]> {
  const { model, rule, start } = look;
  const step = nextStepOf(rule.optimizer.countsOf(model.parameters));
  const here = await placeAt(look, await weightsOf(model), step, "that the model has now");
  if (start === undefined) return [here];
  const values = new Map(start.values.map(({ variable, value }) => [variable, value]));
  const started = await readVector(model.parameters.flatMap((parameter) => values.get(parameter) ?? []));
  const first = await placeAt(look, started, nextStepOf(start.counts), "that the run started with");
  return Number.isFinite(here.loss) && !(here.loss >= first.loss) ? [first, here] : [first];
}

async function placeAt(look: Look, weights: ParameterVector, step: number, which: string): Promise<Place> {
  return { ...(await gradientAt(look, weights)), weights, step, which };
}

function nextStepOf(counts: StepCounts): number {
  return Math.max(0, ...counts.values()) + 1;
}
