import { NumberInput } from "../controls/number-input.tsx";
import { texts } from "../shell/language.ts";
import { mostLayers, ranges, set, state } from "./state.ts";

/** How many hidden layers there are, and the units of each. */
export function LayerInputs() {
  const { race } = texts.value;
  const { layers } = state.value;
  const setCount = (count: number) => {
    set({ layers: Array.from({ length: count }, (_, index) => layers[index] ?? layers.at(-1) ?? 16) });
  };
  return (
    <div class="race-layers">
      <label class="control">
        <span>{race.layers}</span>
        <select value={layers.length} onChange={({ currentTarget }) => setCount(Number(currentTarget.value))}>
          {Array.from({ length: mostLayers + 1 }, (_, count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </select>
      </label>
      {layers.length > 0 && (
        <fieldset class="control">
          <legend>{race.units}</legend>
          <div class="race-units">
            {layers.map((units, index) => (
              <NumberInput
                key={index}
                label={race.unitsOf(index + 1)}
                value={units}
                {...ranges.units}
                step={1}
                onChange={(value) => {
                  if (Number.isInteger(value)) set({ layers: layers.with(index, value) });
                }}
              />
            ))}
          </div>
        </fieldset>
      )}
    </div>
  );
}
