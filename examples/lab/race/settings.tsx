import { useId } from "preact/hooks";
import { NumberInput, type Range } from "../controls/number-input.tsx";
import { Slider } from "../controls/slider.tsx";
import { Select } from "../fit-a-curve/select.tsx";
import { texts } from "../shell/language.ts";
import { activationNames } from "../training/task.ts";
import { HiddenLayers } from "./hidden-layers.tsx";
import { problemNames } from "./problems.ts";
import { RegimeChoice } from "./regime-choice.tsx";
import { backendNames, chooseProblem, optimizerNames, ranges, set, state } from "./state.ts";

/** Everything that a race depends on. */
export function Settings() {
  const { race } = texts.value;
  return (
    <section class="race-settings">
      <div class="race-group">
        <h2>{race.who}</h2>
        <RegimeChoice />
        <DescentInputs />
      </div>
      <div class="race-group">
        <h2>{race.how}</h2>
        <ProblemInputs />
      </div>
      <div class="race-group">
        <h2>{race.more}</h2>
        <MeasureInputs />
      </div>
    </section>
  );
}

function DescentInputs() {
  const { race } = texts.value;
  const { optimizer, rate } = state.value;
  return (
    <>
      <Select
        label={race.optimizer}
        value={optimizer}
        choices={optimizerNames}
        nameOf={(name) => race.optimizers[name]}
        onChange={(chosen) => set({ optimizer: chosen })}
      />
      <Slider
        label={race.rate}
        value={rate}
        {...ranges.rate}
        isLogarithmic
        onChange={(value) => set({ rate: value })}
      />
    </>
  );
}

function ProblemInputs() {
  const { race, fit } = texts.value;
  const { problem, activation, layers } = state.value;
  return (
    <>
      <Select
        label={race.problem}
        value={problem}
        choices={problemNames}
        nameOf={(name) => race.problems[name]}
        onChange={chooseProblem}
      />
      <p class="note">{race.about[problem]}</p>
      <HiddenLayers />
      {layers.length > 0 && (
        <Select
          label={race.activation}
          value={activation}
          choices={activationNames}
          nameOf={(name) => fit.activations[name]}
          onChange={(chosen) => set({ activation: chosen })}
        />
      )}
    </>
  );
}

function MeasureInputs() {
  const { race, fit } = texts.value;
  const { epochs, seed, repeats, backend } = state.value;
  return (
    <>
      <div class="race-counts">
        <CountInput
          label={race.epochs}
          value={epochs}
          range={ranges.epochs}
          onChange={(value) => set({ epochs: value })}
        />
        <CountInput
          label={race.repeats}
          value={repeats}
          range={ranges.repeats}
          onChange={(value) => set({ repeats: value })}
        />
        <CountInput label={race.seed} value={seed} range={ranges.seed} onChange={(value) => set({ seed: value })} />
      </div>
      {repeats > 1 && <p class="note">{race.repeatsNote}</p>}
      <Select
        label={race.backend}
        value={backend}
        choices={backendNames}
        nameOf={(name) => fit.backends[name]}
        onChange={(name) => set({ backend: name })}
      />
      <p class="note">{race.backendNote}</p>
    </>
  );
}

interface CountInputProps {
  readonly label: string;
  readonly value: number;
  readonly range: Range;
  readonly onChange: (value: number) => void;
}

function CountInput({ label, value, range, onChange }: CountInputProps) {
  const id = useId();
  return (
    <div class="control">
      <span id={id}>{label}</span>
      <NumberInput
        labelledBy={id}
        value={value}
        {...range}
        step={1}
        onChange={(count) => {
          if (Number.isInteger(count)) onChange(count);
        }}
      />
    </div>
  );
}
