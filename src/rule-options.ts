import { expectHyperparameter, isPositiveFloat32 } from "./hyperparameter.ts";

/** ε of a rule that divides by a root. @throws HyperparameterError unless it is above 0: a gradient of 0 would give NaN */
export function expectEpsilon(who: string, epsilon: number): number {
  const mend = "It keeps a gradient of 0 from being divided by 0; 1e-7 is usual.";
  expectHyperparameter(isPositiveFloat32(epsilon), who, "epsilon", "a finite number above 0", epsilon, mend);
  return epsilon;
}

/**
 * How much of what a rule remembers it keeps from step to step: μ, ρ or β.
 *
 * @throws HyperparameterError outside [0, 1): from 1 on nothing would ever fade
 */
export function expectKept(who: string, name: string, value: number, usual: string): number {
  const valid = typeof value === "number" && value >= 0 && Math.fround(value) < 1;
  const mend = `${usual} is usual; from 1 on what is remembered never fades.`;
  expectHyperparameter(valid, who, name, "in [0, 1)", value, mend);
  return value;
}
