import type { Regime } from "../../regimes/regime.ts";

const hues = 7;
const symbols = ["circle", "square", "triangle", "diamond", "star", "cross", "wye"] as const;
const dashes = ["", "6 3", "2 3", "9 3 2 3", "12 5"] as const;

/** How a regime is drawn, wherever it is drawn: its colour, its mark and its dashes tell it from the others, alone or together. */
export interface Appearance {
  /** As the style sheet has it. */
  readonly color: string;
  readonly symbol: (typeof symbols)[number];
  /** As SVG's stroke-dasharray; empty for a line without gaps. */
  readonly dash: string;
}

const parts = ["batchSize", "momentum", "learningRate", "optimizer", "backend", "compile"] as const;

/**
 * Colour and mark follow what differs most between the regimes, most often the batch; dashes tell apart those that are
 * alike in that.
 */
export function appearancesOf(regimes: readonly Regime[]): readonly Appearance[] {
  const valuesOf = (part: keyof Regime) => [...new Set(regimes.map((regime) => regime[part]))];
  const leading = parts.toSorted((a, b) => valuesOf(b).length - valuesOf(a).length)[0] ?? "batchSize";
  const values = valuesOf(leading);
  return regimes.map((regime, index) => {
    const family = values.indexOf(regime[leading]);
    const place = regimes.slice(0, index).filter((other) => other[leading] === regime[leading]).length;
    return {
      color: `var(--hue-${family % hues})`,
      // The second time around, each colour meets another mark.
      symbol: symbols[(family + Math.floor(family / hues)) % symbols.length] ?? "circle",
      dash: dashes[place % dashes.length] ?? "",
    };
  });
}
