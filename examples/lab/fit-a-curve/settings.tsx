import { useId } from "preact/hooks";
import { NumberInput } from "../controls/number-input.tsx";
import { Slider } from "../controls/slider.tsx";
import { texts } from "../shell/language.ts";
import { activationNames, hasMomentum, optimizerNames } from "../training/task.ts";
import { inputsOf } from "./data/datasets.ts";
import { HiddenLayers } from "./hidden-layers.tsx";
import { Select } from "./select.tsx";
import { backendNames, batchSizes, lossesFor, ranges, set, state, type FitState } from "./state.ts";

/** Everything that a training depends on, besides the data. */
export function Settings() {
  const { fit } = texts.value;
  return (
    <section class="fit-settings">
      <div class="fit-group">
        <h2>{fit.network}</h2>
        <HiddenLayers />
        <Select
          label={fit.activation}
          value={state.value.activation}
          choices={activationNames}
          nameOf={(name) => fit.activations[name]}
          onChange={(activation) => set({ activation })}
        />
        <SeedInput />
      </div>
      <div class="fit-group">
        <h2>{fit.descent}</h2>
        <DescentInputs />
      </div>
      <p class="fit-note">{fit.anew}</p>
    </section>
  );
}

function DescentInputs() {
  const { fit } = texts.value;
  const { data, loss, optimizer, rate, momentum, batch, backend } = state.value;
  return (
    <>
      <Select<FitState["loss"]>
        label={fit.loss}
        value={loss}
        choices={lossesFor[inputsOf(data)]}
        nameOf={(name) => fit.losses[name]}
        onChange={(chosen) => set({ loss: chosen })}
      />
      <Select
        label={fit.optimizer}
        value={optimizer}
        choices={optimizerNames}
        nameOf={(name) => fit.optimizers[name]}
        onChange={(chosen) => set({ optimizer: chosen })}
      />
      <Slider label={fit.rate} value={rate} {...ranges.rate} isLogarithmic onChange={(value) => set({ rate: value })} />
      {hasMomentum(optimizer) && (
        <Slider
          label={fit.momentum}
          value={momentum}
          {...ranges.momentum}
          onChange={(value) => set({ momentum: value })}
        />
      )}
      <Select
        label={fit.batch}
        value={batch}
        choices={batchSizes}
        nameOf={fit.batches}
        onChange={(size) => set({ batch: size })}
      />
      <Select
        label={fit.backend}
        value={backend}
        choices={backendNames}
        nameOf={(name) => fit.backends[name]}
        onChange={(name) => set({ backend: name })}
      />
    </>
  );
}

function SeedInput() {
  const { fit } = texts.value;
  const { seed } = state.value;
  const label = useId();
  return (
    <div class="control">
      <span id={label}>{fit.seed}</span>
      <NumberInput
        labelledBy={label}
        value={seed}
        {...ranges.seed}
        step={1}
        onChange={(value) => {
          if (Number.isInteger(value)) set({ seed: value });
        }}
      />
    </div>
  );
}
