import { closest, distance } from "fastest-levenshtein";
import { expectHyperparameter } from "../hyperparameter.ts";
import { lookUp } from "../lookup.ts";
import { hooks, type Callback } from "./callback.ts";

const knownHooks = Object.fromEntries(hooks.map((hook) => [hook, hook]));

/** Letters in which a method's name may differ from a hook's and still be taken for one that is misspelt. */
const farthestSlip = 3;

/** The names of an object's methods, its own and its classes'. No getter is run for it. */
function methodsOf(object: object): readonly string[] {
  const names: string[] = [];
  for (let owner: object | null = object; owner !== null && owner !== Object.prototype;) {
    const described = Object.entries(Object.getOwnPropertyDescriptors(owner));
    names.push(...described.filter(([, { value }]) => typeof value === "function").map(([name]) => name));
    owner = Object.getPrototypeOf(owner) as object | null;
  }
  return names;
}

/**
 * Refuses a callback that would not be heard, or not as it is meant.
 *
 * @throws HyperparameterError for what is no callback, and for a hook that is not a function; UnknownNameError for a method
 * that is called like a hook and is none
 */
export function expectHooks(callback: Callback, index: number): void {
  // A list within the list would have no hooks, and never be heard of.
  const isObject = typeof callback === "object" && callback !== null && !Array.isArray(callback);
  expectHyperparameter(isObject, "fit", `callbacks[${index}]`, "an object such as { onEpochEnd() {} }", callback);
  for (const name of methodsOf(callback)) {
    const isMeant = /^on[A-Z_]/.test(name) || distance(name, closest(name, hooks)) <= farthestSlip;
    if (isMeant) lookUp("hook", name, knownHooks);
  }
  for (const hook of hooks) {
    const listener: unknown = callback[hook];
    expectHyperparameter(
      listener === undefined || typeof listener === "function",
      "A callback",
      hook,
      "a function",
      listener,
    );
  }
}
