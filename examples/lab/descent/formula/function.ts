import type { DescentFunction } from "../functions.ts";
import { evaluate, variablesOf, type Expression } from "./expression.ts";
import { parseFormula } from "./parse.ts";
import { FormulaError, type FormulaProblem } from "./problem.ts";

/** What came of a formula: a function, or what is wrong with it. */
export type ReadFormula =
  | { readonly f: DescentFunction; readonly expression: Expression }
  | { readonly problem: FormulaProblem };

/** Makes a function of a formula in x, or in x and y, that somebody typed. */
export function readFormula(formula: string): ReadFormula {
  try {
    const expression = parseFormula(formula);
    const variables = variablesOf(expression);
    if (variables.size === 0) throw new FormulaError({ kind: "constant" });
    const isPlane = variables.has("y");
    return {
      expression,
      f: {
        variables: isPlane ? 2 : 1,
        evaluate: (x, y) => evaluate(expression, x, y),
        view: isPlane ? { x: [-4, 4], y: [-3, 3] } : { x: [-4, 4], y: [-Infinity, Infinity] },
      },
    };
  } catch (error) {
    if (error instanceof FormulaError) return { problem: error.problem };
    throw error;
  }
}
