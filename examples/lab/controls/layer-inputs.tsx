import { NumberInput, type Range } from "./number-input.tsx";

/** A network's hidden layers, and what may be chosen. */
interface LayerInputsProps {
  /** What the inputs are called. */
  readonly labels: {
    readonly layers: string;
    readonly units: string;
    readonly unitsOf: (layer: number) => string;
  };
  /** The units of each. */
  readonly layers: readonly number[];
  readonly mostLayers: number;
  readonly unitsRange: Range;
  /** Units of a first layer, where there is none yet to follow. */
  readonly firstUnits: number;
  /** Of the row of units. */
  readonly unitsClass: string;
  readonly onChange: (layers: number[]) => void;
}

/** How many hidden layers there are, and the units of each. */
export function LayerInputs(props: LayerInputsProps) {
  const { labels, layers, mostLayers, unitsRange, firstUnits, unitsClass, onChange } = props;
  const setCount = (count: number) => {
    onChange(Array.from({ length: count }, (_, index) => layers[index] ?? layers.at(-1) ?? firstUnits));
  };
  return (
    <>
      <label class="control">
        <span>{labels.layers}</span>
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
          <legend>{labels.units}</legend>
          <div class={unitsClass}>
            {layers.map((units, index) => (
              <NumberInput
                key={index}
                label={labels.unitsOf(index + 1)}
                value={units}
                {...unitsRange}
                step={1}
                onChange={(value) => {
                  if (Number.isInteger(value)) onChange(layers.with(index, value));
                }}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
