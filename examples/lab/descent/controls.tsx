import { useId } from "preact/hooks";
import { LineSample } from "../charts/mark.tsx";
import { NumberInput } from "../controls/number-input.tsx";
import { Slider } from "../controls/slider.tsx";
import { texts } from "../shell/language.ts";
import { currentFunction } from "./current-function.ts";
import { FormulaField } from "./formula-field.tsx";
import { ruleNames, rules, type RuleName } from "./rules.ts";
import { chooseFunction, functionNames, parts, ranges, state, toggleRule, type DescentState } from "./state.ts";

/** Everything that a descent depends on. */
export function Controls() {
  const { descent } = texts.value;
  const f = parts.f.value;
  return (
    <section class="descent-controls">
      <label class="control">
        <span>{descent.chooseFunction}</span>
        <select value={f} onChange={(event) => chooseFunction(event.currentTarget.value as DescentState["f"])}>
          {functionNames.map((name) => (
            <option key={name} value={name}>
              {descent.functions[name]}
            </option>
          ))}
        </select>
      </label>
      {f === "own" && <FormulaField />}
      <StartInputs />
      <Slider
        label={descent.rate}
        value={parts.rate.value}
        {...ranges.rate}
        isLogarithmic
        onChange={(value) => state.change({ rate: value })}
      />
      <RuleChoice />
      <Slider
        label={descent.momentum}
        value={parts.momentum.value}
        {...ranges.momentum}
        step={0.01}
        onChange={(value) => state.change({ momentum: value })}
      />
      <p class="note">{descent.momentumNote}</p>
    </section>
  );
}

function StartInputs() {
  const { descent } = texts.value;
  const id = useId();
  const move = (to: Partial<Pick<DescentState, "x" | "y">>) => state.change({ ...to, step: 0 });
  return (
    <fieldset class="control" aria-describedby={id}>
      <legend>{descent.start}</legend>
      <div class="start">
        <label>
          <math>
            <mi>x</mi>
          </math>
          <NumberInput label="x" value={parts.x.value} {...ranges.start} onChange={(value) => move({ x: value })} />
        </label>
        {currentFunction.value?.variables === 2 && (
          <label>
            <math>
              <mi>y</mi>
            </math>
            <NumberInput label="y" value={parts.y.value} {...ranges.start} onChange={(value) => move({ y: value })} />
          </label>
        )}
      </div>
      <p class="note" id={id}>
        {descent.startHint}
      </p>
    </fieldset>
  );
}

function RuleChoice() {
  const { descent } = texts.value;
  const chosen = parts.rules.value;
  return (
    <fieldset class="control">
      <legend>{descent.chooseRules}</legend>
      <div class="rules">
        {ruleNames.map((rule: RuleName) => (
          <label key={rule}>
            <input
              type="checkbox"
              checked={chosen.includes(rule)}
              disabled={chosen.length === 1 && chosen.includes(rule)}
              onChange={() => toggleRule(rule)}
            />
            <LineSample look={rules[rule].look} />
            {descent.rules[rule]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
