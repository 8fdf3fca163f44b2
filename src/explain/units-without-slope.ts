import { activationSlopesOf, type ActivationSlopes } from "./activation-slopes.ts";
import type { UnitsWithoutSlope } from "./finding.ts";
import type { Look } from "./look.ts";

/** A slope of less than this share is none to learn by: that of a sigmoid below 0.01 or above 0.99, where it is 0.25 at most. */
const flat = 0.04;

/** A relu has none at all below 0, its smooth relatives next to none. */
const none = 1e-3;

/** Below this share a layer still learns. */
const leastShare = 0.5;

/** Layers of sigmoids, tanhs and the like of which at least half the activations are at an end. */
export async function saturatedUnits(look: Look): Promise<UnitsWithoutSlope[]> {
  const layers = (await activationSlopesOf(look))
    .filter(({ below, above }) => below < flat && above < flat)
    .map(({ name, slopes }) => ({ name, share: slopes.filter((slope) => slope < flat).length / slopes.length }));
  return report("saturatedUnits", layers, "activations", [
    `are saturated: at an end of their range, where the slope is below ${100 * flat} % of its largest and next to no`,
    "gradient passes. Try scaled inputs, smaller first weights, or a relu.",
  ]);
}

/** Layers of relus and the like of which at least half the units are without slope on every sample. */
export async function deadUnits(look: Look): Promise<UnitsWithoutSlope[]> {
  const layers = (await activationSlopesOf(look))
    .filter(({ below, above }) => Math.min(below, above) < none && Math.max(below, above) >= flat)
    .map((slopes) => ({ name: slopes.name, share: shareOfDead(slopes) }));
  return report("deadUnits", layers, "units", [
    "are dead: flat on every sample that was looked at, so that no gradient passes and they stay so. Try a smaller learning",
    "rate from the start, the initializer heNormal, or a leaky relu.",
  ]);
}

function shareOfDead({ units, slopes }: ActivationSlopes): number {
  const alive = new Set<number>();
  for (const [index, slope] of slopes.entries()) if (slope >= none) alive.add(index % units);
  return 1 - alive.size / units;
}

function report(
  kind: UnitsWithoutSlope["kind"],
  shares: UnitsWithoutSlope["layers"],
  counted: string,
  text: readonly string[],
): UnitsWithoutSlope[] {
  const layers = shares.filter(({ share }) => share >= leastShare);
  if (layers.length === 0) return [];
  const list = layers.map(({ name, share }) => `${Math.round(100 * share)} % of ${name}'s`).join(", ");
  return [{ kind, message: `${list} ${counted} ${text.join(" ")}`, layers }];
}
