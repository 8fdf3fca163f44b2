import { InUseError } from "./errors.ts";
import type { TrainableModel } from "./model.ts";

/** The models whose weights a call is changing, step by step, and what that call is named. */
const trainedBy = new WeakMap<TrainableModel, string>();

/**
 * Refuses a model that another call is training: its steps would come between, and where one goes back to earlier weights
 * it would take the other's with them.
 *
 * @param who the call that asks
 * @throws InUseError
 */
export function expectUntrained(who: string, model: TrainableModel): void {
  const trainer = trainedBy.get(model);
  if (trainer === undefined) return;
  const other = trainer === who ? `another ${who}` : trainer;
  throw new InUseError(`This ${model.constructor.name} is being trained by ${other}. Await that one first.`);
}

/** Keeps a model from all other calls that train it, until `endTraining`. */
export function beginTraining(who: string, model: TrainableModel): void {
  trainedBy.set(model, who);
}

/** Leaves it to others again. */
export function endTraining(model: TrainableModel): void {
  trainedBy.delete(model);
}
