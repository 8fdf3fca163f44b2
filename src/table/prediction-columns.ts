import type { Recipe } from "./recipe.ts";

/** What is written of predictions: columns with titles, row by row. */
export interface Predictions {
  readonly titles: readonly string[];
  readonly cellsOf: (row: number) => readonly string[];
}

/**
 * What a network's outputs [rows, outputs], row-major, say in the target's own words: of a regression the number, of a
 * classification the class and its probability e^z / Σ e^z.
 */
export function describeOutputs(target: Recipe["target"], outputs: Float64Array): Predictions {
  const title = `predicted ${target.column}`;
  if (!("classes" in target)) {
    const { mean, deviation } = target;
    return { titles: [title], cellsOf: (row) => [rounded((outputs[row] ?? NaN) * deviation + mean, deviation)] };
  }
  const { classes } = target;
  const cellsOf = (row: number) => {
    const logits = outputs.subarray(row * classes.length, (row + 1) * classes.length);
    const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    return [classes[logits.indexOf(largest)] ?? "", (1 / total).toFixed(4)];
  };
  return { titles: [title, "probability"], cellsOf };
}

/** What `toFixed` takes, at most. */
const mostDecimals = 100;

/** To a millionth of the target's deviation: further digits of a float32 network say nothing. */
function rounded(value: number, deviation: number): string {
  const decimals = Math.max(0, 6 - Math.floor(Math.log10(deviation)));
  return String(decimals > mostDecimals ? value : Number(value.toFixed(decimals)));
}
