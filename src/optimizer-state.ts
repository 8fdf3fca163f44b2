import * as tf from "@tensorflow/tfjs-core";
import { HyperparameterError } from "./errors.ts";
import { expectHyperparameter, isCount } from "./hyperparameter.ts";
import { quote } from "./quote.ts";
import { expectShape } from "./shape.ts";

/** The memories that hold something of a parameter, so that disposing of the parameter can free them. */
const holders = new WeakMap<tf.Variable, Set<OptimizerState>>();

/** Frees the memory of an optimizer that nobody can reach any more: `fit` is often given one made in place. */
const abandoned = new FinalizationRegistry<OptimizerState>((state) => state.dispose());

/** How many steps were taken with each parameter. */
export type StepCounts = ReadonlyMap<tf.Variable, number>;

/** What is remembered of one parameter: variables of its shape, and the numbers that they are filled with at first. */
interface Held {
  readonly variables: Record<string, tf.Variable>;
  readonly initial: Record<string, number>;
  /** How many steps were taken with it: on the host, where rates and corrections are worked out in float64. */
  steps: number;
}

/** What one optimizer remembers of each parameter, keyed by the parameter itself: never by a position or a name. */
export class OptimizerState {
  readonly #held = new Map<tf.Variable, Held>();

  /** Frees this memory when its optimizer is collected. */
  ownedBy(optimizer: object): void {
    abandoned.register(optimizer, this);
  }

  /** All that is remembered of a parameter by name, and at least these slots: made now where there is none yet. */
  of(parameter: tf.Variable, slots: Readonly<Record<string, number>>): Readonly<Record<string, tf.Variable>> {
    const { variables, initial } = this.#hold(parameter);
    for (const name in slots) {
      if (variables[name] !== undefined) continue;
      const valid = !["parameter", "gradient"].includes(name) && Number.isFinite(slots[name]);
      expectHyperparameter(
        valid,
        "An optimizer",
        `slot ${name}`,
        "finite, and not called parameter or gradient",
        slots[name],
      );
      initial[name] = slots[name] as number;
      variables[name] = tf.tidy(() => tf.variable(tf.fill(parameter.shape, slots[name] as number), false));
    }
    return variables;
  }

  #hold(parameter: tf.Variable): Held {
    const known = this.#held.get(parameter);
    if (known !== undefined) return known;
    // Without a prototype: a slot may have any name.
    const held: Held = {
      variables: Object.create(null) as Held["variables"],
      initial: Object.create(null) as Held["initial"],
      steps: 0,
    };
    this.#held.set(parameter, held);
    holders.set(parameter, (holders.get(parameter) ?? new Set()).add(this));
    return held;
  }

  /** The variables that there are by now. */
  existing(parameter: tf.Variable): tf.Variable[] {
    return Object.values(this.#held.get(parameter)?.variables ?? {});
  }

  /** How many steps were taken with a parameter. */
  stepsOf(parameter: tf.Variable): number {
    return this.#held.get(parameter)?.steps ?? 0;
  }

  /** How many were taken with the parameter that took most. */
  get mostSteps(): number {
    let most = 0;
    for (const { steps } of this.#held.values()) most = Math.max(most, steps);
    return most;
  }

  setSteps(parameter: tf.Variable, steps: number): void {
    this.#hold(parameter).steps = steps;
  }

  /** Fills what is remembered of a parameter with its first values again, and counts from 0. */
  reset(parameter: tf.Variable): void {
    const held = this.#held.get(parameter);
    if (held === undefined) return;
    const { variables, initial } = held;
    held.steps = 0;
    for (const [name, variable] of Object.entries(variables)) {
      // From the host: a GPU that is gone fills nothing.
      const values = new Float32Array(variable.size).fill(initial[name] as number);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    }
  }

  release(parameter: tf.Variable): void {
    for (const variable of this.existing(parameter)) variable.dispose();
    this.#held.delete(parameter);
    holders.get(parameter)?.delete(this);
  }

  dispose(): void {
    for (const parameter of this.#held.keys()) this.release(parameter);
  }
}

/**
 * Refuses what is not all that a rule remembers of a parameter.
 *
 * @throws HyperparameterError for a slot that is missing or unknown, or a count that is none; ShapeError
 */
export function expectState(
  who: string,
  parameter: tf.Variable,
  slots: Readonly<Record<string, number>>,
  values: Readonly<Record<string, unknown>>,
  steps: number,
): void {
  const isObject = typeof values === "object" && values !== null;
  expectHyperparameter(isObject, who, "a parameter's state", "an object of tensors by slot", values);
  const names = Object.keys(slots);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const message = `${who} has no slot ${quote(unknown)}. Known: ${names.join(", ") || "none"}.`;
    throw new HyperparameterError(message, unknown, values[unknown]);
  }
  for (const name of names) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const isFloat = value instanceof tf.Tensor && !value.isDisposed && value.dtype === "float32";
    expectHyperparameter(isFloat, who, `slot ${name}`, "a float32 tensor", value);
    expectShape(who, `slot ${name}`, parameter.shape, (value as tf.Tensor).shape);
  }
  expectHyperparameter(isCount(steps), who, "the count of steps", "a whole number, 0 or more", steps);
}

/** Frees what any optimizer remembers of these parameters. */
export function releaseState(parameters: readonly tf.Variable[]): void {
  for (const parameter of parameters) {
    for (const state of holders.get(parameter) ?? []) state.release(parameter);
  }
}
