import { useId } from "preact/hooks";
import { texts } from "../shell/language.ts";
import { formulaProblem } from "./current-function.ts";
import type { FormulaProblem } from "./formula/problem.ts";
import { parts, state } from "./state.ts";
import type { Texts } from "../texts/en.ts";

/** Longer than any formula that is read, so that a long one is answered, not cut off. */
const longestText = 200;

/** Where a formula is typed in. What is wrong with it is said below, and where. */
export function FormulaField() {
  const { descent } = texts.value;
  const id = useId();
  const problem = formulaProblem.value;
  return (
    <div class="control">
      <label for={`${id}-field`}>
        <span>{descent.formula}</span>
      </label>
      <input
        id={`${id}-field`}
        type="text"
        class="formula"
        value={parts.formula.value}
        maxLength={longestText}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-help ${id}-problem`}
        onInput={(event) => state.change({ formula: event.currentTarget.value, step: 0 })}
      />
      <p class="problem" id={`${id}-problem`} role="status">
        {problem !== undefined && sentence(problem, descent.problems)}
      </p>
      <p class="note" id={`${id}-help`}>
        {descent.formulaHelp}
      </p>
    </div>
  );
}

function sentence(problem: FormulaProblem, problems: Texts["descent"]["problems"]): string {
  const { kind } = problem;
  if (kind === "empty" || kind === "constant") return problems[kind];
  if (kind === "tooLong") return problems.tooLong(problem.longest);
  if (kind === "character") return problems.character(problem.character, problem.at);
  if (kind === "syntax") return problems.syntax(problem.at);
  if (kind === "notAllowed") return problems.notAllowed(problem.part, problem.at);
  return problems[kind](problem.name, problem.at);
}
