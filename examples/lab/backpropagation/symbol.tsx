/** A quantity of the network: `a` of `h1`, `w` of `o1` from `h2`. */
export interface Quantity {
  readonly letter: "x" | "y" | "z" | "a" | "b" | "w" | "δ" | "C";
  /** `"h1"`; none for the cost. */
  readonly neuron?: string;
  /** Of a weight, the neuron that it leads from. */
  readonly from?: string;
  /** Whether it is the cost's derivative by that. */
  readonly isGradient?: boolean;
}

/** A quantity, set as mathematics. It stands in a `<math>` element. */
export function QuantitySymbol({ letter, neuron, from, isGradient = false }: Quantity) {
  const indices = [neuron, from].filter((each) => each !== undefined);
  const own =
    indices.length === 0 ? (
      <mi>{letter}</mi>
    ) : (
      <msub>
        <mi>{letter}</mi>
        <mrow>
          {indices.map((index, at) => (
            <>
              {at > 0 && <mspace width="0.15em" />}
              <mi mathvariant="normal">{index}</mi>
            </>
          ))}
        </mrow>
      </msub>
    );
  return isGradient ? (
    <mfrac>
      <mrow>
        <mi mathvariant="normal">∂</mi>
        <mi>C</mi>
      </mrow>
      <mrow>
        <mi mathvariant="normal">∂</mi>
        {own}
      </mrow>
    </mfrac>
  ) : (
    own
  );
}

/** As plain text, for who hears the page and for the drawing. */
export function plainSymbol({ letter, neuron = "", from, isGradient = false }: Quantity): string {
  const own = `${letter} ${neuron}${from === undefined ? "" : ` ← ${from}`}`.trim();
  return isGradient ? `∂C/∂${own}` : own;
}
