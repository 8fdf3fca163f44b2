import { formatNumbers } from "../nested-numbers.ts";
import type { LearningRateTooLarge } from "./finding.ts";
import { countSamples, type Look } from "./look.ts";
import { curvatureAt, placesOf } from "./places.ts";
import { roughly } from "./roughly.ts";
import { largestStableCurvature, usualAdaptiveRate } from "./rule-stability.ts";

/** Whether the learning rate is beyond what is stable where the run started, or where it has come to. */
export async function learningRateTooLarge(look: Look): Promise<LearningRateTooLarge[]> {
  const { optimizer } = look.rule;
  for (const place of await placesOf(look)) {
    const { step, which } = place;
    const { learningRate } = optimizer.hyperparametersAt(step);
    const stable = await largestStableCurvature(optimizer, step);
    if (stable === undefined) return largeForAdaptive(learningRate);
    const curvature = await curvatureAt(look, place);
    if (curvature === undefined || curvature <= stable) continue;
    return [tooLarge(learningRate, curvature, stable, `on ${countSamples(look)}, with the weights ${which}`)];
  }
  return [];
}

function tooLarge(learningRate: number, curvature: number, stable: number, where: string): LearningRateTooLarge {
  const largestStable = (learningRate * stable) / curvature;
  const message =
    `The learning rate ${formatNumbers(learningRate)} is too large: steps are stable up to about ` +
    `${roughly(largestStable)}, by the steepest curvature of the loss (${roughly(curvature)} ${where}). Try half of ` +
    "that rate.";
  return { kind: "learningRateTooLarge", message, learningRate, largestStable, curvature };
}

function largeForAdaptive(learningRate: number): LearningRateTooLarge[] {
  if (learningRate <= 10 * usualAdaptiveRate) return [];
  const message =
    `The learning rate ${formatNumbers(learningRate)} is large for a rule that scales its steps by the gradients it has ` +
    `seen: try the usual ${usualAdaptiveRate}.`;
  return [{ kind: "learningRateTooLarge", message, learningRate }];
}
