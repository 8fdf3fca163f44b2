import * as derivative from "./01-derivative.ts";
import * as chainOfFunctions from "./02-chain-of-functions.ts";
import * as oneWeight from "./03-one-weight.ts";
import * as gates from "./04-gates.ts";
import * as backpropagation from "./05-backpropagation.ts";
import * as gradientShape from "./06-gradient-shape.ts";
import * as threeRegimes from "./07-three-regimes.ts";
import * as momentum from "./08-momentum.ts";
import * as chainRule from "./09-chain-rule.ts";
import * as directionalDerivative from "./10-directional-derivative.ts";
import * as descentOnABowl from "./11-descent-on-a-bowl.ts";

/** One worked example: its title, and its numbers as text. */
export interface Row {
  readonly title: string;
  readonly report: () => Promise<string>;
}

/** W1 to W11, in order. */
export const rows: readonly Row[] = [
  derivative,
  chainOfFunctions,
  oneWeight,
  gates,
  backpropagation,
  gradientShape,
  threeRegimes,
  momentum,
  chainRule,
  directionalDerivative,
  descentOnABowl,
];

/**
 * The rows with these numbers, in the order given; all of them for none.
 *
 * @throws RangeError for what is not the number of a row
 */
export function chooseRows(numbers: readonly string[]): readonly Row[] {
  if (numbers.length === 0) return rows;
  return numbers.map((text) => {
    const row = /^\d+$/.test(text) ? rows[Number(text) - 1] : undefined;
    if (row === undefined)
      throw new RangeError(`There is no worked example ${text}. Give numbers from 1 to ${rows.length}.`);
    return row;
  });
}
