import type { ComponentChild } from "preact";
import { name, number, over, parentheses, root, row, sign, sub, sup } from "../equations/mathml.tsx";
import type { RuleName } from "./rules.ts";

const hat = (letter: string) => (
  <mover accent>
    <mi>{letter}</mi>
    <mo>^</mo>
  </mover>
);
const gradientSquare = sup(name("g"), number(2));
const beta = (index: number) => sub(name("β"), number(index));
const becomes = sign("←");
const point = (step: ComponentChild) => row(name("x"), becomes, name("x"), sign("−"), name("η"), step);
const rest = (letter: ComponentChild) => parentheses(number(1), sign("−"), letter);
const velocity = row(name("v"), becomes, name("μ"), name("v"), sign("+"), name("g"));

/** As the library computes them: η outside the velocity, ε where its documentation has it. g is the gradient at x. */
const equations: Readonly<Record<RuleName, readonly ComponentChild[]>> = {
  sgd: [point(name("g"))],
  momentum: [velocity, point(name("v"))],
  nesterov: [velocity, point(parentheses(name("g"), sign("+"), name("μ"), name("v")))],
  adagrad: [
    row(name("a"), becomes, name("a"), sign("+"), gradientSquare),
    point(over(name("g"), root(row(name("a"), sign("+"), name("ε"))))),
  ],
  rmsprop: [
    row(name("s"), becomes, name("ρ"), name("s"), sign("+"), rest(name("ρ")), gradientSquare),
    point(over(name("g"), root(row(name("s"), sign("+"), name("ε"))))),
  ],
  adam: [
    row(name("m"), becomes, beta(1), name("m"), sign("+"), rest(beta(1)), name("g")),
    row(name("v"), becomes, beta(2), name("v"), sign("+"), rest(beta(2)), gradientSquare),
    point(over(hat("m"), row(root(hat("v")), sign("+"), name("ε")))),
  ],
};

/** An update rule's equations, one under the other. */
export function RuleEquation({ rule }: { readonly rule: RuleName }) {
  return (
    <div class="rule-equation">
      {equations[rule].map((equation, index) => (
        <math key={index}>{equation}</math>
      ))}
    </div>
  );
}
