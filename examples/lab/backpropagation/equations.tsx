import type { ComponentChild } from "preact";
import type { Stage } from "./stages.ts";
import { row } from "./symbol.tsx";

const name = (text: string) => <mi>{text}</mi>;
/** Parentheses stay as small as they are: what stands in them is one line high. */
const sign = (text: string) => <mo stretchy={false}>{text}</mo>;
const sup = (base: ComponentChild, above: ComponentChild) => (
  <msup>
    {base}
    {above}
  </msup>
);
const sub = (base: ComponentChild, below: ComponentChild) => (
  <msub>
    {base}
    {below}
  </msub>
);
const partial = (by: ComponentChild) => (
  <mfrac>
    <mrow>
      <mi mathvariant="normal">∂</mi>
      <mi>C</mi>
    </mrow>
    <mrow>
      <mi mathvariant="normal">∂</mi>
      {by}
    </mrow>
  </mfrac>
);
const equals = sign("=");
const last = name("L");
const layer = name("l");
const nextLayer = row(name("l"), sign("+"), <mn>1</mn>);
const one = <mn>1</mn>;
const two = <mn>2</mn>;
const slopeAt = (above: ComponentChild) => row(name("σ"), sign("′"), sign("("), sup(name("z"), above), sign(")"));
const weighted = (above: ComponentChild, from: ComponentChild) =>
  row(sup(name("z"), above), equals, sup(name("w"), above), from, sign("+"), sup(name("b"), above));
const activated = (above: ComponentChild) =>
  row(sup(name("a"), above), equals, name("σ"), sign("("), sup(name("z"), above), sign(")"));

/** Each stage's equations, one a line. w_jk leads from neuron k to neuron j; ⊙ multiplies element by element. */
const equations: Readonly<Record<Stage, readonly ComponentChild[]>> = {
  network: [],
  hidden: [weighted(one, name("x")), activated(one)],
  output: [weighted(two, sup(name("a"), one)), activated(two)],
  cost: [
    row(
      name("C"),
      equals,
      <mfrac>
        <mn>1</mn>
        <mn>2</mn>
      </mfrac>,
      <munder>
        <mo>∑</mo>
        <mi>j</mi>
      </munder>,
      sup(row(sign("("), sub(name("y"), name("j")), sign("−"), sub(name("a"), name("j")), sign(")")), two),
    ),
  ],
  bp1: [row(sup(name("δ"), last), equals, sub(name("∇"), name("a")), name("C"), sign("⊙"), slopeAt(last))],
  bp2: [
    row(
      sup(name("δ"), layer),
      equals,
      sup(row(sign("("), sup(name("w"), nextLayer), sign(")")), name("T")),
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
