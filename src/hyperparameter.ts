import { HyperparameterError } from "./errors.ts";

/** How a value that the user gave is quoted in a message. */
function quote(value: unknown): string {
  if (typeof value === "string" || Array.isArray(value)) return JSON.stringify(value);
  return typeof value === "function" ? "a function" : String(value);
}

/**
 * @param who the class or call that was given the value
 * @param valid whether the value makes sense; the rest is for the message
 * @throws HyperparameterError
 */
export function expectHyperparameter(
  valid: boolean,
  who: string,
  hyperparameter: string,
  expected: string,
  value: unknown,
  mend = "",
): void {
  if (valid) return;
  const message = `${who} expects ${hyperparameter} to be ${expected}, got ${quote(value)}.`;
  throw new HyperparameterError(mend === "" ? message : `${message} ${mend}`, hyperparameter, value);
}

export function isPositiveInteger(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
