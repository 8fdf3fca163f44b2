import { formatNumbers } from "../nested-numbers.ts";
import type { LearningRateTooSmall } from "./finding.ts";
import { gradientAt } from "./gradient-at.ts";
import { countSamples, type Look } from "./look.ts";
import { curvatureAt, placesOf } from "./places.ts";
import { roughly } from "./roughly.ts";
import { plus } from "./parameter-vector.ts";
import { largestStableCurvature, usualAdaptiveRate } from "./rule-stability.ts";

/**
 * Whether a single plain step at the rate 1/λ, the safe choice for the steepest curvature λ, lowers the loss by a tenth or
 * more, while the learning rate is not a hundredth of that. Tried, not only computed.
 */
export async function learningRateTooSmall(look: Look): Promise<LearningRateTooSmall[]> {
  const { optimizer } = look.rule;
  const [start, here = start] = await placesOf(look);
  const curvature = await curvatureAt(look, here);
  if (curvature === undefined) return [];
  const tried = 1 / curvature;
  // Of a schedule, the rate that the run started with: it may be meant to end at none.
  const { learningRate } = optimizer.hyperparametersAt(start.step);
  const isAdaptive = (await largestStableCurvature(optimizer, start.step)) === undefined;
  if (learningRate > (isAdaptive ? usualAdaptiveRate / 10 : tried / 100)) return [];
  const { loss } = here;
  const { loss: lossAfter } = await gradientAt(look, plus(here.weights, here.gradient, -tried));
  if (!(lossAfter < loss - 0.1 * Math.abs(loss))) return [];
  const advice = isAdaptive ? `the usual ${usualAdaptiveRate}` : "larger ones, up to that";
  const message =
    `The learning rate ${formatNumbers(learningRate)} is too small: on ${countSamples(look)} one plain step at ${roughly(tried)} ` +
    `lowers the loss from ${formatNumbers(loss)} to ${formatNumbers(lossAfter)}. Try ${advice}.`;
  return [{ kind: "learningRateTooSmall", message, learningRate, tried, loss, lossAfter }];
}
