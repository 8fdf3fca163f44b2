import { activations, type Activation, type ActivationLike } from "../../src/activations.ts";
import { HyperparameterError } from "../../src/errors.ts";
import { expectHyperparameter } from "../../src/hyperparameter.ts";
import { lookUp } from "../../src/lookup.ts";
import type { Json } from "../../src/saved-layer.ts";
import { camelCase, snakeCase } from "./snake-case.ts";

/**
 * What files call an activation: `leaky_relu`. tfjs-layers knows all of rivulet's but that one, which it refuses.
 *
 * @throws HyperparameterError for a function of the user's own
 */
export function savedActivation(who: string, activation: ActivationLike): string {
  const isIt = ([name, known]: readonly [string, Activation]) => name === activation || known === activation;
  const name = Object.entries(activations).find(isIt)?.[0];
  if (name !== undefined) return snakeCase(name);
  throw new HyperparameterError(
    `${who} cannot be saved: a file cannot hold its activation, a function of your own. Put that into a layer of your own, with a toSaved() and a reader for loading.`,
    "activation",
    activation,
  );
}

/**
 * The activation that a file names; none is linear, as in Keras.
 *
 * @throws HyperparameterError, UnknownNameError
 */
export function readActivation(who: string, saved: Json | undefined): keyof typeof activations {
  if (saved === undefined || saved === null) return "linear";
  expectHyperparameter(typeof saved === "string", who, "activation", "a name", saved);
  const name = camelCase(saved as string);
  // As the file has it: in the other case it might not be found there.
  if (!Object.hasOwn(activations, name)) lookUp<Activation>("activation", saved, activations);
  return name as keyof typeof activations;
}
