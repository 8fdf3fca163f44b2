import { NumberInput } from "../controls/number-input.tsx";
import { texts } from "../shell/language.ts";
import { changeNumber, ranges, resetNumbers, state, type NumberName } from "./state.ts";
import { plainSymbol, QuantitySymbol, type Quantity } from "./symbol.tsx";

/** A number's place in the state, and what it is. */
type Place = readonly [NumberName, number, Quantity];

const weightsOf = (name: "w1" | "w2", neurons: readonly string[], from: readonly string[]): Place[] =>
  neurons.flatMap((neuron, j) =>
    from.map((each, k) => [name, 2 * j + k, { letter: "w", neuron, from: each }] as const),
  );
const pairOf = (name: NumberName, letter: "x" | "y" | "b", neurons: readonly string[]): Place[] =>
  neurons.map((neuron, index) => [name, index, { letter, neuron }] as const);

const groups: Readonly<Record<"data" | "hidden" | "output", readonly Place[]>> = {
  data: [...pairOf("x", "x", ["i1", "i2"]), ...pairOf("y", "y", ["o1", "o2"])],
  hidden: [...weightsOf("w1", ["h1", "h2"], ["i1", "i2"]), ...pairOf("b1", "b", ["h1", "h2"])],
  output: [...weightsOf("w2", ["o1", "o2"], ["h1", "h2"]), ...pairOf("b2", "b", ["o1", "o2"])],
};

/** Every input, target, weight and bias, to be changed. */
export function NumbersForm() {
  const { backpropagation } = texts.value;
  return (
    <section class="numbers-form">
      <h2>{backpropagation.numbers}</h2>
      <p class="note">{backpropagation.numbersNote}</p>
      {(["data", "hidden", "output"] as const).map((group) => (
        <fieldset key={group}>
          <legend>{backpropagation.groups[group]}</legend>
          <div class="number-grid">
            {groups[group].map(([name, index, quantity]) => (
              <label key={`${name}${index}`}>
                <math>
                  <QuantitySymbol {...quantity} />
                </math>
                <NumberInput
                  label={plainSymbol(quantity)}
                  value={state.value[name][index] ?? NaN}
                  {...ranges[name]}
                  onChange={(value) => changeNumber(name, index, value)}
                />
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <button type="button" onClick={resetNumbers}>
        {backpropagation.reset}
      </button>
    </section>
  );
}
