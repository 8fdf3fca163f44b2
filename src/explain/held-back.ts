import { formatNumbers } from "../nested-numbers.ts";
import { besideConstant } from "./constant-prediction.ts";
import type { UnscaledData } from "./finding.ts";
import { countSamples, type Look } from "./look.ts";
import { unscaledInputs } from "./unscaled-data.ts";

/** A loss of at least this share of the constant's is one that hardly anything was learnt for. */
const hardlyLearnt = 0.8;

/**
 * Whether inputs that are not scaled hold a run back whose loss still falls, but so slowly that it is hardly better than
 * that of one prediction for all samples.
 */
export async function heldBack(look: Look): Promise<UnscaledData[]> {
  // Of few samples first: a run that is well is to cost next to nothing.
  if ((await unscaledInputs({ ...look, all: undefined })).length === 0) return [];
  const compared = await besideConstant(look);
  if (compared === undefined) return [];
  const { loss, constantLoss } = compared;
  // Of a constant's loss of 0, or below, no share can be taken.
  if (!(constantLoss > 0 && loss >= hardlyLearnt * constantLoss)) return [];
  const against = `${formatNumbers(loss)} against ${formatNumbers(constantLoss)} on ${countSamples(look)}`;
  const seen = `The loss falls, but is hardly better than that of one prediction for all samples (${against}).`;
  return (await unscaledInputs(look)).map((finding) => ({ ...finding, message: `${seen} ${finding.message}` }));
}
