import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { texts } from "../shell/language.ts";

/** The least and the most that somebody may enter. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

interface NumberInputProps extends Range {
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** For who hears the page; a label that can be seen stands in `labelledBy`. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly step?: number | "any";
}

/** A number typed in. What is no number in its range is marked and changes nothing. */
export function NumberInput({ value, least, most, onChange, label, labelledBy, step = "any" }: NumberInputProps) {
  // What is being typed stays as it is until the field is left: "1." is on the way to "1.5".
  const draft = useSignal<string | undefined>(undefined);
  const explanation = useId();
  const isValid = draft.value === undefined || read(draft.value, least, most) !== undefined;
  return (
    <span class="number">
      <input
        type="number"
        inputMode="decimal"
        step={step}
        value={draft.value ?? String(value)}
        aria-label={label}
        aria-labelledby={labelledBy}
        aria-invalid={!isValid}
        aria-describedby={isValid ? undefined : explanation}
        onInput={({ currentTarget }) => {
          draft.value = currentTarget.value;
          const number = read(currentTarget.value, least, most);
          if (number !== undefined && number !== value) onChange(number);
        }}
        onBlur={() => (draft.value = undefined)}
      />
      {!isValid && (
        <span class="number-problem" id={explanation} role="status">
          {texts.value.shell.outOfRange(least, most)}
        </span>
      )}
    </span>
  );
}

function read(text: string, least: number, most: number): number | undefined {
  const number = text.trim() === "" ? NaN : Number(text);
  return number >= least && number <= most ? number : undefined;
}
