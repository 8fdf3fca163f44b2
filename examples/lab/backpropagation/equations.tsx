import type { ComponentChild } from "preact";
import { name, number, over, parentheses, row, sign, sub, sup, upright } from "../equations/mathml.tsx";
import type { Stage } from "./stages.ts";

const partial = (by: ComponentChild) => over(row(upright("∂"), name("C")), row(upright("∂"), by));
const equals = sign("=");
const last = name("L");
const layer = name("l");
const nextLayer = row(name("l"), sign("+"), number(1));
const one = number(1);
const two = number(2);
const slopeAt = (above: ComponentChild) => row(name("σ"), upright("′"), parentheses(sup(name("z"), above)));
const weighted = (above: ComponentChild, from: ComponentChild) =>
  row(sup(name("z"), above), equals, sup(name("w"), above), from, sign("+"), sup(name("b"), above));
const activated = (above: ComponentChild) =>
  row(sup(name("a"), above), equals, name("σ"), parentheses(sup(name("z"), above)));

/** Each stage's equations, one a line. w_jk leads from neuron k to neuron j; ⊙ multiplies element by element. */
const equations: Readonly<Record<Stage, readonly ComponentChild[]>> = {
  network: [],
  hidden: [weighted(one, name("x")), activated(one)],
  output: [weighted(two, sup(name("a"), one)), activated(two)],
  cost: [
    row(
      name("C"),
      equals,
      over(number(1), number(2)),
      <munder>
        <mo>∑</mo>
        <mi>j</mi>
      </munder>,
      sup(parentheses(sub(name("y"), name("j")), sign("−"), sub(name("a"), name("j"))), two),
    ),
  ],
  bp1: [row(sup(name("δ"), last), equals, sub(name("∇"), name("a")), name("C"), sign("⊙"), slopeAt(last))],
  bp2: [
    row(
      sup(name("δ"), layer),
      equals,
      sup(parentheses(sup(name("w"), nextLayer)), name("T")),
      sup(name("δ"), nextLayer),
      sign("⊙"),
      slopeAt(layer),
    ),
  ],
  bp3: [row(partial(sub(name("b"), name("j"))), equals, sub(name("δ"), name("j")))],
  bp4: [
    row(
      partial(sub(name("w"), row(name("j"), name("k")))),
      equals,
      sub(name("a"), name("k")),
      sub(name("δ"), name("j")),
    ),
  ],
};

/** A stage's equations. */
export function StageEquations({ stage }: { readonly stage: Stage }) {
  return (
    <>
      {equations[stage].map((equation, index) => (
        <math key={index}>{equation}</math>
      ))}
    </>
  );
}
