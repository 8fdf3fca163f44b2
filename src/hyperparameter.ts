import { closest } from "fastest-levenshtein";
import { HyperparameterError } from "./errors.ts";
import { quote } from "./quote.ts";

/**
 * Refuses a value that makes no sense.
 *
 * @param valid whether the value makes sense; the rest is for the message
 * @param who the class or call that was given the value
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

/**
 * Refuses options that are not an object, or that hold a key which nothing reads: a misspelt one would do nothing.
 *
 * @param known the keys that there are, whether given or not
 * @throws HyperparameterError with the nearest known key
 */
export function expectOptions(who: string, options: unknown, known: readonly string[]): void {
  const isObject = typeof options === "object" && options !== null && !Array.isArray(options);
  if (!isObject) expectHyperparameter(false, who, "options", `an object such as { ${known[0]}: … }`, options);
  const key = Object.keys(options as object).find((candidate) => !known.includes(candidate));
  if (key === undefined) return;
  const nearest = `Did you mean ${JSON.stringify(closest(key, known))}? Known: ${known.join(", ")}.`;
  const value: unknown = (options as Record<string, unknown>)[key];
  throw new HyperparameterError(`${who} has no option ${JSON.stringify(key)}. ${nearest}`, key, value);
}

export function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** A whole number, 0 or more. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** 0, or a number above it that is not infinite once it is a float32. */
export function isFloat32FromZero(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(Math.fround(value));
}

/** A number above 0 that is neither 0 nor infinite once it is a float32. */
export function isPositiveFloat32(value: unknown): value is number {
  if (typeof value !== "number") return false;
  const onDevice = Math.fround(value);
  return onDevice > 0 && Number.isFinite(onDevice);
}
