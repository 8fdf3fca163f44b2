import { LineSample, type Look } from "../charts/mark.tsx";
import { texts } from "../shell/language.ts";
import { lookOf } from "./looks.ts";
import { batchSizes, canToggle, hasMomentum, momenta, set, state, toggled } from "./state.ts";

/** Which batch sizes race, and with which momenta: each with each. */
export function RegimeChoice() {
  const { race } = texts.value;
  const { batches, momenta: chosen, optimizer } = state.value;
  const perBatch = hasMomentum(optimizer) ? chosen.length : 1;
  return (
    <>
      <fieldset class="control">
        <legend>{race.batches}</legend>
        <div class="race-checks">
          {batchSizes.map((size) => (
            <Check
              key={size}
              label={race.batchName(size)}
              look={lookOf(size === "full" ? size : Number(size), null)}
              isChecked={batches.includes(size)}
              isEnabled={canToggle(batches, size, perBatch)}
              onToggle={() => set({ batches: toggled(batchSizes, batches, size) })}
            />
          ))}
        </div>
      </fieldset>
      {hasMomentum(optimizer) && (
        <fieldset class="control">
          <legend>{race.momenta}</legend>
          <div class="race-checks">
            {momenta.map((momentum) => (
              <Check
                key={momentum}
                label={momentum}
                look={{ ...lookOf("full", Number(momentum)), colour: "--ink" }}
                isLine
                isChecked={chosen.includes(momentum)}
                isEnabled={canToggle(chosen, momentum, batches.length)}
                onToggle={() => set({ momenta: toggled(momenta, chosen, momentum) })}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

interface CheckProps {
  readonly label: string;
  readonly look: Look;
  /** Shows the line alone: a momentum has no mark. */
  readonly isLine?: boolean;
  readonly isChecked: boolean;
  readonly isEnabled: boolean;
  readonly onToggle: () => void;
}

function Check({ label, look, isLine = false, isChecked, isEnabled, onToggle }: CheckProps) {
  return (
    <label>
      <input type="checkbox" checked={isChecked} disabled={!isEnabled} onChange={onToggle} />
      <LineSample look={look} hasMark={!isLine} />
      {label}
    </label>
  );
}
