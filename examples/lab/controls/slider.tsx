import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { NumberInput, type Range } from "./number-input.tsx";

interface SliderProps extends Range {
  readonly label: ComponentChildren;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly step?: number;
  /** Whether equal ways on the slider are equal ratios: for rates. */
  readonly isLogarithmic?: boolean;
}

/** Where a logarithmic slider can stand. */
const positions = 300;

/** A slider to play with, and beside it the number, to be exact. */
export function Slider({ label, value, least, most, onChange, step = 0.01, isLogarithmic = false }: SliderProps) {
  const labelId = useId();
  const scale = isLogarithmic ? logarithmic(least, most) : undefined;
  return (
    <div class="control">
      <span id={labelId}>{label}</span>
      <div class="slider">
        <input
          type="range"
          min={scale === undefined ? least : 0}
          max={scale === undefined ? most : positions}
          step={scale === undefined ? step : 1}
          value={scale === undefined ? value : scale.positionOf(value)}
          aria-labelledby={labelId}
          aria-valuetext={String(value)}
          onInput={({ currentTarget }) => {
            const at = Number(currentTarget.value);
            onChange(scale === undefined ? at : scale.valueAt(at));
          }}
        />
        <NumberInput value={value} least={least} most={most} onChange={onChange} labelledBy={labelId} />
      </div>
    </div>
  );
}

/** A rate to two digits: nobody means 0.09772. */
function logarithmic(least: number, most: number) {
  const span = Math.log(most / least);
  return {
    positionOf: (value: number) => Math.round((positions * Math.log(Math.max(value, least) / least)) / span),
    valueAt: (position: number) => {
      const value = Number((least * Math.exp((span * position) / positions)).toPrecision(2));
      return Math.min(most, Math.max(least, value));
    },
  };
}
