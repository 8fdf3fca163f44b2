/** What equations are put together from: MathML, which browsers set by themselves. */
import type { ComponentChild } from "preact";

/** A name, set in italics if it is one letter. */
export const name = (text: string) => <mi>{text}</mi>;

export const number = (text: string | number) => <mn>{text}</mn>;

/** A sign between two parts. */
export const sign = (text: string) => <mo>{text}</mo>;

/** An upright letter, ∂ or Δ. */
export const upright = (text: string) => <mi mathvariant="normal">{text}</mi>;

export const row = (...parts: readonly ComponentChild[]) => <mrow>{parts}</mrow>;

/** In parentheses of the height of a letter. As operators they would grow around every superscript. */
export const parentheses = (...parts: readonly ComponentChild[]) => row(upright("("), ...parts, upright(")"));

export const sup = (base: ComponentChild, above: ComponentChild) => (
  <msup>
    {base}
    {above}
  </msup>
);

export const sub = (base: ComponentChild, below: ComponentChild) => (
  <msub>
    {base}
    {below}
  </msub>
);

export const over = (above: ComponentChild, below: ComponentChild) => (
  <mfrac>
    {above}
    {below}
  </mfrac>
);

export const root = (of: ComponentChild) => <msqrt>{of}</msqrt>;
