import type { RegimeComparison } from "../../regimes/comparison.ts";
import { appearancesOf, type Appearance } from "./appearance.ts";
import type { Choice } from "./choice.ts";
import { drawnRuns, medianCurve, type CurvePoint } from "./median-curve.ts";

/** A regime as the charts draw it. */
export interface Series {
  readonly index: number;
  /** Its number in the table, and its label. */
  readonly name: string;
  readonly appearance: Appearance;
  readonly points: readonly CurvePoint[];
  /** Whether none of its runs finished, so that what is drawn breaks off. */
  readonly isBroken: boolean;
}

/** The regimes that are shown. */
export function seriesOf(comparison: RegimeComparison, choice: Choice): readonly Series[] {
  const appearances = appearancesOf(comparison.regimes);
  return comparison.regimes.flatMap(({ index, label, counts }) => {
    const appearance = appearances[index];
    if (appearance === undefined || choice.hidden.has(index)) return [];
    const runs = drawnRuns(comparison.runs.filter((run) => run.regime === index));
    const points = medianCurve(runs, choice.loss);
    return { index, name: `${index + 1} ${label}`, appearance, points, isBroken: counts.finished === 0 };
  });
}
