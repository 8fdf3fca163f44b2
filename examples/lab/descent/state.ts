import { computed, type ReadonlySignal } from "@preact/signals";
import * as z from "zod/mini";
import { choiceField, choicesField, countField, numberField, switchField, textField } from "../shell/fields.ts";
import { PageState } from "../shell/page-state.ts";
import { presetNames, presets, type PresetName } from "./functions.ts";
import { ruleNames, type RuleName } from "./rules.ts";

/** More steps than these tell nothing new. */
export const mostSteps = 1000;

/** What each slider and field takes. */
export const ranges = {
  start: { least: -1000, most: 1000 },
  rate: { least: 0.0001, most: 10 },
  momentum: { least: 0, most: 0.99 },
  angle: { least: 0, most: 360 },
} as const;

/** Steps a second. */
export const speeds = ["1", "4", "15", "60"] as const;

/** The functions to choose from: those that there are, and one typed in. */
export const functionNames = [...presetNames, "own"] as const;

export interface DescentState {
  readonly f: PresetName | "own";
  /** The one typed in; it stays while others are looked at. */
  readonly formula: string;
  readonly x: number;
  /** Of no account for a function of x alone. */
  readonly y: number;
  readonly rate: number;
  readonly momentum: number;
  readonly rules: RuleName[];
  /** The rule whose steps the table has, and whose gradient is drawn. */
  readonly shown: RuleName;
  readonly step: number;
  /** Of the direction that is looked along, in degrees to the x axis. */
  readonly angle: number;
  readonly speed: (typeof speeds)[number];
  /** Whether values are drawn on a logarithmic axis. */
  readonly log: boolean;
}

const fields = z.strictObject({
  f: choiceField(functionNames),
  formula: textField(200),
  x: numberField(ranges.start.least, ranges.start.most),
  y: numberField(ranges.start.least, ranges.start.most),
  rate: numberField(ranges.rate.least, ranges.rate.most),
  momentum: numberField(ranges.momentum.least, ranges.momentum.most),
  rules: choicesField(ruleNames),
  shown: choiceField(ruleNames),
  step: countField(0, mostSteps),
  angle: numberField(ranges.angle.least, ranges.angle.most),
  speed: choiceField(speeds),
  log: switchField(),
});

/** One rule runs at least, and the one that the table is of. */
const schema = fields.check(z.refine(({ rules, shown }) => rules.includes(shown)));

/** What is typed in at first: the function of W10, looked at from (1, 2). */
const firstFormula = "ln(x^2 + y^2)";

/** How a function starts. */
function settingOf(f: DescentState["f"]) {
  return f === "own" ? { x: 1, y: 2, rate: 0.1, momentum: 0.9 } : presets[f].setting;
}

function fresh(f: DescentState["f"]): DescentState {
  return {
    f,
    formula: firstFormula,
    ...settingOf(f),
    rules: ["sgd", "momentum"],
    shown: "sgd",
    step: 0,
    angle: 60,
    speed: "4",
    log: false,
  };
}

/** The whole state of the descent page. */
export const state = new PageState<DescentState>(schema, ({ f }) =>
  fresh(functionNames.find((name) => name === f) ?? "bowl"),
);

/** One field of the state. */
function part<Key extends keyof DescentState>(key: Key): ReadonlySignal<DescentState[Key]> {
  return computed(() => state.value[key]);
}

/** The fields one by one: who reads some is not drawn anew while others change, as the step does sixty times a second. */
export const parts = {
  f: part("f"),
  formula: part("formula"),
  x: part("x"),
  y: part("y"),
  rate: part("rate"),
  momentum: part("momentum"),
  rules: part("rules"),
  shown: part("shown"),
  step: part("step"),
  angle: part("angle"),
  speed: part("speed"),
  log: part("log"),
} as const;

/** Another function, with its own start and rates; what else was chosen stays. */
export function chooseFunction(f: DescentState["f"]): void {
  state.change({ f, ...settingOf(f), step: 0 }, "push");
}

/** Adds a rule to those that run, or takes it away; the last one stays. */
export function toggleRule(rule: RuleName): void {
  const { rules, shown } = state.value;
  const chosen = ruleNames.filter((name) => (name === rule) !== rules.includes(name));
  const [first] = chosen;
  if (first === undefined) return;
  state.change({ rules: chosen, shown: chosen.includes(shown) ? shown : first });
}
