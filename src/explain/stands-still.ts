import { formatNumbers } from "../nested-numbers.ts";
import { besideConstant } from "./constant-prediction.ts";
import type { StandsStill } from "./finding.ts";
import { learningRateTooSmall } from "./learning-rate-too-small.ts";
import { countSamples, type Look } from "./look.ts";

/** Of fewer epochs nothing can be said. */
export const fewestEpochs = 5;

/** A loss that fell by a smaller share stands still. */
const leastFall = 0.01;

/** A loss that ends so much higher than it started rises. */
const clearRise = 0.1;

/** Predictions are no better than a constant that are better by a smaller share. */
const leastGain = 0.01;

/** A loss of less than this share of the constant's is one that something was learnt for. */
const learnt = 0.5;

/**
 * Whether a loss hardly falls in the second half of the epochs: the straight line through it (least squares) by less than a
 * hundredth of what it is, or by less than two standard errors, so that it may be up and down and no more.
 */
export function isFlat(losses: readonly number[]): boolean {
  if (losses.length < fewestEpochs) return false;
  const half = losses.slice(Math.floor(losses.length / 2));
  const middle = (half.length - 1) / 2;
  const level = mean(half);
  const spread = sum(half.map((_, index) => (index - middle) ** 2));
  const slope = sum(half.map((loss, index) => (loss - level) * (index - middle))) / spread;
  const misses = half.map((loss, index) => loss - level - slope * (index - middle));
  const error = Math.sqrt(sum(misses.map((miss) => miss ** 2)) / (half.length - 2) / spread);
  const fall = -slope * (half.length - 1);
  return !(fall > leastFall * Math.abs(level) && -slope > 2 * error);
}

/**
 * Whether a run went nowhere: its loss is flat, and the predictions are no better than one for all samples, or the loss
 * hardly fell since the run began although a single longer step would do it good. A run that stands still because it has
 * arrived did not go nowhere: its loss is far better than a constant's. Nor did one that trained on from there.
 *
 * @param losses of the epochs
 */
export async function standsStill(look: Look, losses: readonly number[]): Promise<StandsStill[]> {
  const [first, last] = [losses[0], losses.at(-1)];
  if (first === undefined || last === undefined || !isFlat(losses)) return [];
  const compared = await besideConstant(look);
  if (compared === undefined || compared.loss === 0) return [];
  const { loss, constantLoss } = compared;
  const course = last > first + clearRise * Math.abs(first) ? "rises" : "stands still";
  const seen = `The loss ${course}: ${formatNumbers(first)} in the first epoch, ${formatNumbers(last)} in the last`;
  const numbers = { first, last, loss, constantLoss };
  if (loss >= constantLoss - leastGain * Math.abs(constantLoss)) {
    const against = `${formatNumbers(constantLoss)} against ${formatNumbers(loss)} on ${countSamples(look)}`;
    const message = `${seen}. One prediction for all samples would do as well or better (${against}).`;
    return [{ kind: "standsStill", message, ...numbers }];
  }
  const hasFallen = last < first - leastFall * Math.abs(first);
  if (hasFallen || loss < learnt * constantLoss) return [];
  if ((await learningRateTooSmall(look)).length === 0) return [];
  return [{ kind: "standsStill", message: `${seen}.`, ...numbers }];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
