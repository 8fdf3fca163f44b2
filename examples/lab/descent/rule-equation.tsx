import type { ComponentChild } from "preact";
import type { RuleName } from "./rules.ts";

const name = (text: string) => <mi>{text}</mi>;
/** Parentheses stay as small as they are: what stands in them is one line high. */
const sign = (text: string) => <mo stretchy={false}>{text}</mo>;
const row = (...parts: readonly ComponentChild[]) => <mrow>{parts}</mrow>;
const sub = (base: string, index: string) => (
  <msub>
    <mi>{base}</mi>
    <mn>{index}</mn>
  </msub>
);
const over = (above: ComponentChild, below: ComponentChild) => (
  <mfrac>
    {above}
    {below}
  </mfrac>
);
const hat = (letter: string) => (
  <mover accent>
    <mi>{letter}</mi>
    <mo>^</mo>
  </mover>
);
const gradientSquare = (
  <msup>
    <mi>g</mi>
    <mn>2</mn>
  </msup>
);
const becomes = sign("←");
const point = (step: ComponentChild) => row(name("x"), becomes, name("x"), sign("−"), name("η"), step);
const rest = (letter: ComponentChild) => row(sign("("), <mn>1</mn>, sign("−"), letter, sign(")"));
const velocity = row(name("v"), becomes, name("μ"), name("v"), sign("+"), name("g"));

/** As the library computes them: η outside the velocity, ε where its documentation has it. g is the gradient at x. */
const equations: Readonly<Record<RuleName, readonly ComponentChild[]>> = {
  sgd: [point(name("g"))],
  momentum: [velocity, point(name("v"))],
  nesterov: [velocity, point(row(sign("("), name("g"), sign("+"), name("μ"), name("v"), sign(")")))],
  adagrad: [
    row(name("a"), becomes, name("a"), sign("+"), gradientSquare),
    point(over(name("g"), <msqrt>{row(name("a"), sign("+"), name("ε"))}</msqrt>)),
  ],
  rmsprop: [
    row(name("s"), becomes, name("ρ"), name("s"), sign("+"), rest(name("ρ")), gradientSquare),
    point(over(name("g"), <msqrt>{row(name("s"), sign("+"), name("ε"))}</msqrt>)),
  ],
  adam: [
    row(name("m"), becomes, sub("β", "1"), name("m"), sign("+"), rest(sub("β", "1")), name("g")),
    row(name("v"), becomes, sub("β", "2"), name("v"), sign("+"), rest(sub("β", "2")), gradientSquare),
    point(over(hat("m"), row(<msqrt>{hat("v")}</msqrt>, sign("+"), name("ε")))),
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
