import type { JsonObject } from "./saved-layer.ts";

/** A rule in the words of tfjs, whose files name another class, other options, and slots in an order of their own. */
export interface TfjsRule {
  /** `"Momentum"`. */
  readonly className: string;
  readonly config: JsonObject;
  /** Each slot with tfjs's name for it, in tfjs's order: `[["velocity", "momentum"]]`. */
  readonly slots: readonly (readonly [slot: string, name: string])[];
}

/** How one of rivulet's rules is said in tfjs's words, and the way back. */
export interface RuleTranslation {
  /** @param config the rule's own options; undefined where tfjs's rule would compute something else with them */
  readonly write: (config: JsonObject) => TfjsRule | undefined;
  /** The slots that a saved optimizer of tfjs's or Keras's has, in its order; undefined where it is another rule. */
  readonly read: (className: string, config: JsonObject) => readonly string[] | undefined;
}

const translations = new Map<string, RuleTranslation>();

/** Has these rules, by the names of their classes, be written for tfjs-layers and read from its files. */
export function knowRules(known: Readonly<Record<string, RuleTranslation>>): void {
  for (const [className, translation] of Object.entries(known)) translations.set(className, translation);
}

/** Undefined for a rule that tfjs does not have. */
export function ruleTranslation(className: string): RuleTranslation | undefined {
  return translations.get(className);
}
