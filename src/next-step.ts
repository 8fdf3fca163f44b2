import * as tf from "@tensorflow/tfjs-core";

/** The numbers of a parameter's next step: those in the equation, and η λ if weights decay. */
export interface StepNumbers {
  readonly hyperparameters: Readonly<Record<string, number>>;
  readonly decay: number | undefined;
}

/** The same as scalars. */
export interface StepScalars {
  readonly hyperparameters: Readonly<Record<string, tf.Scalar>>;
  readonly decay: tf.Scalar | undefined;
}

/** What the numbers of a step come from: an optimizer. */
interface Rule {
  hyperparametersAt(step: number): Readonly<Record<string, number> & Record<"learningRate", number>>;
  readonly weightDecay: number;
}

/**
 * The numbers of each parameter's next step: asked for once for all that took as many steps, which share an object.
 *
 * @param taken how many steps each parameter took
 */
export function nextNumbers(taken: readonly number[], rule: Rule): StepNumbers[] {
  return eachOnce(taken, (count) => {
    const hyperparameters = rule.hyperparametersAt(count + 1);
    // η λ, not 1 − η λ: next to 1 a float32 keeps few of its digits.
    const decay = rule.weightDecay === 0 ? undefined : hyperparameters.learningRate * rule.weightDecay;
    return { hyperparameters, decay };
  });
}

/**
 * Numbers as scalars, shared as they are. All that varies from step to step comes into the equation in this way, so that
 * its operations are the same in each. The caller tidies.
 */
export function scalarsOf(numbers: readonly StepNumbers[]): StepScalars[] {
  return eachOnce(numbers, ({ hyperparameters, decay }) => {
    const scalars: Record<string, tf.Scalar> = {};
    for (const name in hyperparameters) scalars[name] = tf.scalar(hyperparameters[name] as number, "float32");
    return { hyperparameters: scalars, decay: decay === undefined ? undefined : tf.scalar(decay, "float32") };
  });
}

function eachOnce<From, To>(list: readonly From[], make: (each: From) => To): To[] {
  const made = new Map<From, To>();
  return list.map((each) => {
    const one = made.get(each) ?? make(each);
    made.set(each, one);
    return one;
  });
}
