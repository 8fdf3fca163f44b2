import type { ElementwiseAttributes, ElementwiseName } from "./elementwise.ts";

/** An expression, and how strongly it holds together: 4 a name, 3 a square or root, 2 a product, 1 a sum. */
interface Expression {
  readonly text: string;
  readonly strength: number;
}

/** What an operation computes, written out. */
export interface Formula {
  readonly name: string;
  readonly expression: string;
}

type Notation = (a: Expression, b: Expression) => Expression;

/** a ∘ b, with b in brackets also where it is of a's kind: the order of roundings is to show. */
const infix =
  (sign: string, strength: number): Notation =>
  (a, b) => ({ text: `${inBrackets(a, strength)} ${sign} ${inBrackets(b, strength + 1)}`, strength });

const notations: Readonly<Record<ElementwiseName, Notation>> = {
  Add: infix("+", 1),
  Sub: infix("−", 1),
  Multiply: infix("×", 2),
  RealDiv: infix("÷", 2),
  SquaredDifference: (a, b) => ({ text: `(${infix("−", 1)(a, b).text})²`, strength: 3 }),
  Neg: (a) => ({ text: `−${inBrackets(a, 3)}`, strength: 2 }),
  Square: (a) => ({ text: `${inBrackets(a, 4)}²`, strength: 3 }),
  Sqrt: (a) => ({ text: `√${inBrackets(a, 4)}`, strength: 3 }),
};

/**
 * What a fused kernel computes: a formula for each of its results, and for each operation besides that is read twice.
 *
 * @param inputs what to call its inputs
 * @param outputs what to call its results
 */
export function formulasOf(
  { steps, results }: ElementwiseAttributes,
  inputs: readonly string[],
  outputs: readonly string[],
): Formula[] {
  const expressions = inputs.map((text): Expression => ({ text, strength: 4 }));
  const formulas: Formula[] = [];
  const reads = steps.flatMap(({ a, b }) => [a, b]);
  let named = 0;
  for (const [index, { name, a, b = a }] of steps.entries()) {
    const expression = notations[name](expressions[a] as Expression, expressions[b] as Expression);
    const result = outputs[results.indexOf(index)];
    if (result === undefined && reads.indexOf(expressions.length) === reads.lastIndexOf(expressions.length)) {
      expressions.push(expression);
    } else {
      const text = result ?? `t${++named}`;
      formulas.push({ name: text, expression: expression.text });
      expressions.push({ text, strength: 4 });
    }
  }
  return formulas;
}

function inBrackets({ text, strength }: Expression, least: number): string {
  return strength < least ? `(${text})` : text;
}
