import type { ComponentChild } from "preact";
import { name, number, over, parentheses, root, row, sign, sup } from "../equations/mathml.tsx";
import { currentExpression } from "./current-function.ts";
import { FormulaEquation } from "./formula/formula-equation.tsx";
import type { PresetName } from "./functions.ts";
import { parts } from "./state.ts";

const x = name("x");
const y = name("y");
const plus = sign("+");
const less = sign("−");
const half = over(number(1), number(2));
const power = (base: ComponentChild, exponent: number) => sup(base, number(exponent));

/** What stands behind the equals sign. */
const presetEquations: Readonly<Record<PresetName, ComponentChild>> = {
  parabola: row(power(parentheses(x, less, number(2)), 2), plus, number(1)),
  chain: row(
    half,
    power(parentheses(name("E"), less, half), 2),
    <mo separator>,</mo>,
    <mspace width="1em" />,
    name("E"),
    sign("="),
    root(row(name("ln"), power(parentheses(x, plus, number(1)), 2))),
    less,
    number(1),
  ),
  valleys: row(power(x, 4), less, number(2), power(x, 2), plus, number(0.3), x),
  bowl: row(power(x, 2), plus, power(y, 2)),
  ravine: row(half, parentheses(power(x, 2), plus, number(20), power(y, 2))),
  saddle: row(power(x, 2), less, power(y, 2), plus, over(number(1), number(4)), power(y, 4)),
};

/** The function that is descended on, as an equation: y of x, or z of x and y. */
export function FunctionEquation({ variables }: { readonly variables: 1 | 2 }) {
  const f = parts.f.value;
  const expression = currentExpression.value;
  return (
    <math display="block">
      {name(variables === 1 ? "y" : "z")}
      {sign("=")}
      {f !== "own" && presetEquations[f]}
      {expression !== undefined && <FormulaEquation expression={expression} />}
    </math>
  );
}
