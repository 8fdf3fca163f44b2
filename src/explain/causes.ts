import { explodingGradients, vanishingGradients } from "./uneven-gradients.ts";
import type { Finding } from "./finding.ts";
import { learningRateTooLarge } from "./learning-rate-too-large.ts";
import { learningRateTooSmall } from "./learning-rate-too-small.ts";
import type { Look } from "./look.ts";
import { undefinedLoss } from "./undefined-loss.ts";
import { deadUnits, saturatedUnits } from "./units-without-slope.ts";
import { unscaledInputs, unscaledTargets } from "./unscaled-data.ts";

type Inspection = (look: Look) => Promise<readonly Finding[]>;

/** Why a loss becomes infinite or NaN, likely causes first. */
export async function causesOfDivergence(look: Look): Promise<Finding[]> {
  return inspect(look, [unscaledInputs, unscaledTargets, undefinedLoss, explodingGradients, learningRateTooLarge]);
}

/** Why a loss does not fall, likely causes first. */
export async function causesOfStandstill(look: Look): Promise<Finding[]> {
  return inspect(look, [
    unscaledInputs,
    unscaledTargets,
    explodingGradients,
    learningRateTooLarge,
    learningRateTooSmall,
    deadUnits,
    saturatedUnits,
    vanishingGradients,
  ]);
}

/** Why a loss falls at no learning rate, likely causes first. */
export async function causesOfNoFall(look: Look): Promise<Finding[]> {
  return inspect(look, [
    unscaledInputs,
    unscaledTargets,
    undefinedLoss,
    explodingGradients,
    deadUnits,
    saturatedUnits,
    vanishingGradients,
  ]);
}

async function inspect(look: Look, inspections: readonly Inspection[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const inspection of inspections) findings.push(...(await quietly(() => inspection(look))));
  // Of data that are not scaled, large gradients are no news.
  const isUnscaled = findings.some(({ kind }) => kind === "unscaledInputs" || kind === "unscaledTargets");
  return isUnscaled ? findings.filter(({ kind }) => kind !== "explodingGradients") : findings;
}

/**
 * What was found, or nothing where looking fails: at a loss that throws, a model that was disposed of meanwhile, a device
 * that is gone. To explain a run must not end it in another way.
 */
export async function quietly<Found>(work: () => Promise<readonly Found[]>): Promise<readonly Found[]> {
  try {
    return await work();
  } catch {
    return [];
  }
}
