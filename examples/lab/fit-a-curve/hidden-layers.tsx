import { LayerInputs } from "../controls/layer-inputs.tsx";
import { texts } from "../shell/language.ts";
import { mostLayers, ranges, set, state } from "./state.ts";

/** The hidden layers of the network that learns. */
export function HiddenLayers() {
  return (
    <LayerInputs
      labels={texts.value.fit}
      layers={state.value.hidden}
      mostLayers={mostLayers}
      unitsRange={ranges.units}
      firstUnits={8}
      unitsClass="fit-units"
      onChange={(hidden) => set({ hidden })}
    />
  );
}
