import { LayerInputs } from "../controls/layer-inputs.tsx";
import { texts } from "../shell/language.ts";
import { mostLayers, ranges, set, state } from "./state.ts";

/** The hidden layers of the network that all race with. */
export function HiddenLayers() {
  return (
    <div class="race-layers">
      <LayerInputs
        labels={texts.value.race}
        layers={state.value.layers}
        mostLayers={mostLayers}
        unitsRange={ranges.units}
        firstUnits={16}
        unitsClass="race-units"
        onChange={(layers) => set({ layers })}
      />
    </div>
  );
}
