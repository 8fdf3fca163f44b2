import type { ComponentChild } from "preact";
import { currentExpression } from "./current-function.ts";
import { FormulaEquation } from "./formula/formula-equation.tsx";
import type { PresetName } from "./functions.ts";
import { state } from "./state.ts";

const square = (base: ComponentChild, exponent = 2) => (
  <msup>
    {base}
    <mn>{exponent}</mn>
  </msup>
);
const x = <mi>x</mi>;
const y = <mi>y</mi>;
const plus = <mo>+</mo>;
const less = <mo>−</mo>;
const half = (
  <mfrac>
    <mn>1</mn>
    <mn>2</mn>
  </mfrac>
);
const bracket = (inner: ComponentChild) => (
  <mrow>
    <mo stretchy={false}>(</mo>
    {inner}
    <mo stretchy={false}>)</mo>
  </mrow>
);
const row = (...parts: readonly ComponentChild[]) => <mrow>{parts}</mrow>;

const logarithmOfSquare = row(<mi>ln</mi>, square(bracket(row(x, plus, <mn>1</mn>))));

/** What stands behind the equals sign. */
const presetEquations: Readonly<Record<PresetName, ComponentChild>> = {
  parabola: row(square(bracket(row(x, less, <mn>2</mn>))), plus, <mn>1</mn>),
  chain: row(
    half,
    square(bracket(row(<mi>E</mi>, less, half))),
    <mo separator>,</mo>,
    <mspace width="1em" />,
    <mi>E</mi>,
    <mo>=</mo>,
    <msqrt>{logarithmOfSquare}</msqrt>,
    less,
    <mn>1</mn>,
  ),
  valleys: row(square(x, 4), less, <mn>2</mn>, square(x), plus, <mn>0.3</mn>, x),
  bowl: row(square(x), plus, square(y)),
  ravine: row(half, bracket(row(square(x), plus, <mn>20</mn>, square(y)))),
  saddle: row(
    square(x),
    less,
    square(y),
    plus,
    <mfrac>
      <mn>1</mn>
      <mn>4</mn>
    </mfrac>,
    square(y, 4),
  ),
};

/** The function that is descended on, as an equation: y of x, or z of x and y. */
export function FunctionEquation({ variables }: { readonly variables: 1 | 2 }) {
  const { f } = state.value;
  const expression = currentExpression.value;
  return (
    <math display="block">
      <mi>{variables === 1 ? "y" : "z"}</mi>
      <mo>=</mo>
      {f !== "own" && presetEquations[f]}
      {expression !== undefined && <FormulaEquation expression={expression} />}
    </math>
  );
}
