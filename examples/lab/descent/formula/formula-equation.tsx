import type { ComponentChildren } from "preact";
import type { Expression } from "./expression.ts";

const strength = { "+": 1, "-": 1, "*": 2, "/": 2, "^": 4 } as const;
const names: Readonly<Record<string, string>> = { pi: "π", log: "ln" };

/** How tightly an expression holds together: what holds less tightly than its surroundings needs parentheses. */
function strengthOf(expression: Expression): number {
  if (expression.kind === "operation") return strength[expression.operator];
  return expression.kind === "negation" ? 1.5 : 5;
}

/** A typed formula, set as in a book. It stands in a `<math>` element. */
export function FormulaEquation({ expression }: { readonly expression: Expression }) {
  switch (expression.kind) {
    case "number":
      return <mn>{expression.value}</mn>;
    case "constant":
    case "variable":
      return <mi>{names[expression.name] ?? expression.name}</mi>;
    case "negation":
      return (
        <mrow>
          <mo>−</mo>
          <Part of={expression.of} least={2} />
        </mrow>
      );
    case "call":
      return <Call name={expression.name} of={expression.of} />;
    case "operation":
      return <Operation {...expression} />;
    default:
      return null;
  }
}

/** A part of a formula, in parentheses if it needs them. */
function Part({ of, least }: { readonly of: Expression; readonly least: number }) {
  const inner = <FormulaEquation expression={of} />;
  return strengthOf(of) >= least ? inner : <Parentheses>{inner}</Parentheses>;
}

function Parentheses({ children }: { readonly children: ComponentChildren }) {
  return (
    <mrow>
      <mo>(</mo>
      {children}
      <mo>)</mo>
    </mrow>
  );
}

function Call({ name, of }: { readonly name: string; readonly of: Expression }) {
  const inner = <FormulaEquation expression={of} />;
  if (name === "sqrt") return <msqrt>{inner}</msqrt>;
  if (name === "abs") {
    return (
      <mrow>
        <mo>|</mo>
        {inner}
        <mo>|</mo>
      </mrow>
    );
  }
  return (
    <mrow>
      <mi>{names[name] ?? name}</mi>
      <Parentheses>{inner}</Parentheses>
    </mrow>
  );
}

type OperationProps = Extract<Expression, { readonly kind: "operation" }>;

function Operation({ operator, left, right }: OperationProps) {
  if (operator === "/") {
    return (
      <mfrac>
        <FormulaEquation expression={left} />
        <FormulaEquation expression={right} />
      </mfrac>
    );
  }
  if (operator === "^") {
    return (
      <msup>
        <mrow>
          <Part of={left} least={5} />
        </mrow>
        <FormulaEquation expression={right} />
      </msup>
    );
  }
  const own = strength[operator];
  const sign = { "+": "+", "-": "−", "*": "\u2062" }[operator];
  const isProductOfNumbers = operator === "*" && right.kind === "number";
  return (
    <mrow>
      <Part of={left} least={own} />
      <mo>{isProductOfNumbers ? "·" : sign}</mo>
      <Part of={right} least={operator === "+" ? own : own + 0.6} />
    </mrow>
  );
}
