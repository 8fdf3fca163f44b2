import { Adagrad, Adam, AdamW, RMSProp, SGD } from "rivulet/optimizers";
import { lookUp } from "../lookup.ts";
import type { Optimizer } from "../optimizer.ts";

/** The update rules by name. Each refuses what it does not know, a momentum. */
const rules = {
  sgd: (options: object) => new SGD(options),
  adagrad: (options: object) => new Adagrad(options),
  rmsprop: (options: object) => new RMSProp(options),
  adam: (options: object) => new Adam(options),
  adamw: (options: object) => new AdamW(options),
} as const satisfies Readonly<Record<string, (options: object) => Optimizer>>;

/** What commands and comparisons call an update rule. */
export type RuleName = keyof typeof rules;

/** All of them. */
export const ruleNames = Object.keys(rules) as readonly RuleName[];

/** The rates that a regime sets. */
export interface RuleRates {
  readonly learningRate?: number;
  /** Null where the rule has none. */
  readonly momentum?: number | null;
}

/** Makes a rule for one run, which disposes of it. */
export type RuleFactory = (rates: RuleRates) => Optimizer;

/** The rules to which a momentum means something. */
export const rulesWithMomentum: ReadonlySet<string> = new Set<RuleName>(["sgd", "rmsprop"]);

/** A rule by its name, or as a function makes it. @throws HyperparameterError, UnknownNameError */
export function makeRule(rule: RuleName | RuleFactory, { learningRate, momentum = null }: RuleRates): Optimizer {
  const rates = learningRate === undefined ? {} : { learningRate };
  if (typeof rule === "function") return rule({ ...rates, momentum });
  const make = lookUp<(options: object) => Optimizer>("optimizer", rule, rules);
  return make(momentum === null ? rates : { ...rates, momentum });
}
