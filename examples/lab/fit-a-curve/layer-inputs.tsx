import { NumberInput } from "../controls/number-input.tsx";
import { texts } from "../shell/language.ts";
import { mostLayers, ranges, set, state } from "./state.ts";

/** How many hidden layers there are, and the units of each. */
export function LayerInputs() {
  const { fit } = texts.value;
  const { hidden } = state.value;
  const setCount = (count: number) => {
    set({ hidden: Array.from({ length: count }, (_, index) => hidden[index] ?? hidden.at(-1) ?? 8) });
  };
  return (
    <>
      <label class="control">
        <span>{fit.layers}</span>
        <select value={hidden.length} onChange={({ currentTarget }) => setCount(Number(currentTarget.value))}>
          {Array.from({ length: mostLayers + 1 }, (_, count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </select>
      </label>
      {hidden.length > 0 && (
        <fieldset class="control">
          <legend>{fit.units}</legend>
          <div class="fit-units">
            {hidden.map((units, index) => (
              <NumberInput
                key={index}
                label={fit.unitsOf(index + 1)}
                value={units}
                {...ranges.units}
                step={1}
                onChange={(value) => {
                  if (Number.isInteger(value)) set({ hidden: hidden.with(index, value) });
                }}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
