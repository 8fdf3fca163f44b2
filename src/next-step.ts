import * as tf from "@tensorflow/tfjs-core";

/** The numbers of a parameter's next step as scalars: those in the equation, and η λ if weights decay. */
export interface NextStep {
  readonly hyperparameters: Readonly<Record<string, tf.Scalar>>;
  readonly decay: tf.Scalar | undefined;
}

/** What the numbers of a step come from: an optimizer. */
interface Rule {
  hyperparametersAt(step: number): Readonly<Record<string, number> & Record<"learningRate", number>>;
  readonly weightDecay: number;
}

/**
 * The numbers of each parameter's next step: asked for, and made into scalars, once for all that took as many steps. All
 * that varies from step to step comes into the equation in this way, so that its operations are the same in each. The
 * caller tidies.
 *
 * @param taken how many steps each parameter took
 */
export function nextSteps(taken: readonly number[], rule: Rule): NextStep[] {
  const made = new Map<number, NextStep>();
  return taken.map((count) => {
    const next = made.get(count) ?? nextStep(count + 1, rule);
    made.set(count, next);
    return next;
  });
}

function nextStep(step: number, rule: Rule): NextStep {
  const numbers = rule.hyperparametersAt(step);
  const hyperparameters: Record<string, tf.Scalar> = {};
  for (const name in numbers) hyperparameters[name] = tf.scalar(numbers[name] as number, "float32");
  // η λ, not 1 − η λ: next to 1 a float32 keeps few of its digits.
  const decay = rule.weightDecay === 0 ? undefined : tf.scalar(numbers.learningRate * rule.weightDecay, "float32");
  return { hyperparameters, decay };
}
