import * as tf from "@tensorflow/tfjs-core";
import { DisposedError, HyperparameterError } from "./errors.ts";
import { expectHyperparameter, expectOptions } from "./hyperparameter.ts";
import { rateAt, resolveLearningRate, type LearningRateLike } from "./learning-rate.ts";
import { OptimizerState, type StepCounts } from "./optimizer-state.ts";
import { quote } from "./quote.ts";
import type { Schedule } from "./schedules.ts";
import { expectShape } from "./shape.ts";
import type { Assignment } from "./assignment.ts";

/** What every rule takes. */
export interface OptimizerOptions {
  /** η: a number above 0, or a schedule. */
  readonly learningRate?: LearningRateLike;
}

/** The new parameter, and the new values of those slots that change. */
export interface UpdatedValues {
  readonly parameter: tf.Tensor;
  readonly [slot: string]: tf.Tensor;
}

/**
 * An update rule. A rule of one's own is its equation, in `update`; the walk over the parameters, the state and the
 * memory are written here.
 *
 *     class SignDescent extends Optimizer {
 *       update({ parameter, gradient }, { learningRate }) {
 *         return { parameter: tf.sub(parameter, tf.mul(learningRate, tf.sign(gradient))) };
 *       }
 *     }
 *
 * @typeParam Slot the names of what the rule remembers of each parameter, `"velocity"`
 * @typeParam Hyperparameter the names of the numbers in the equation
 */
export abstract class Optimizer<Slot extends string = never, Hyperparameter extends string = never> {
  readonly #state = new OptimizerState();
  #learningRate: number | Schedule;
  #isDisposed = false;

  /**
   * @param known the names of all options that the rule takes, so that a misspelt one is found
   * @throws HyperparameterError unless the learning rate is a finite number above 0, or a schedule
   */
  constructor(options: OptimizerOptions = {}, known: readonly string[] = Object.keys(options ?? {})) {
    expectOptions(new.target.name, options, ["learningRate", ...known]);
    this.#state.ownedBy(this);
    this.#learningRate = resolveLearningRate(new.target.name, options.learningRate ?? 0.01);
  }

  /**
   * The equation: tensors in, new tensors out, nothing assigned. The caller tidies.
   *
   * @param values the parameter, its gradient and its slots, all of one shape
   * @param hyperparameters each as a scalar
   */
  abstract update(
    values: Readonly<Record<"parameter" | "gradient" | Slot, tf.Tensor>>,
    hyperparameters: Readonly<Record<"learningRate" | Hyperparameter, tf.Scalar>>,
  ): UpdatedValues;

  /** What the rule remembers of each parameter: a slot's name and the number that it is filled with at first. */
  get slots(): Readonly<Record<string, number>> {
    return {};
  }

  /**
   * The numbers in the equation as they stand now, worked out on the host in float64.
   *
   * @param step the step that they are for, counted from 1: a parameter's first, second, …
   * @throws HyperparameterError where a schedule returns no rate
   */
  hyperparametersAt(step: number): Readonly<Record<string, number> & Record<"learningRate", number>> {
    return { learningRate: rateAt(this.constructor.name, this.#learningRate, step - 1) };
  }

  /**
   * η of the step to come; with a schedule, of the parameter that took most steps. May be set in mid-run, to a number or a
   * schedule; that acts from the next step.
   *
   * @throws HyperparameterError as the constructor does
   */
  get learningRate(): number {
    return rateAt(this.constructor.name, this.#learningRate, this.#state.mostSteps);
  }

  set learningRate(value: LearningRateLike) {
    this.#learningRate = resolveLearningRate(this.constructor.name, value);
  }

  /** What the learning rate follows, if it is not one number. */
  get schedule(): Schedule | undefined {
    return typeof this.#learningRate === "function" ? this.#learningRate : undefined;
  }

  /** @throws DisposedError */
  expectAlive(): void {
    if (this.#isDisposed) throw new DisposedError(`This ${this.constructor.name} was disposed. Make a new one.`);
  }

  /** What is remembered of these parameters by now. */
  stateOf(parameters: readonly tf.Variable[]): tf.Variable[] {
    return parameters.flatMap((parameter) => this.#state.existing(parameter));
  }

  /** How many steps were taken with each of these parameters. */
  countsOf(parameters: readonly tf.Variable[]): StepCounts {
    return new Map(parameters.map((parameter) => [parameter, this.#state.stepsOf(parameter)]));
  }

  /** Goes back, or on, to counts that `countsOf` gave. */
  restoreCounts(counts: StepCounts): void {
    for (const [parameter, steps] of counts) this.#state.setSteps(parameter, steps);
  }

  /** Forgets what is remembered of these parameters: slots and counts stand as before the first step. */
  reset(parameters: readonly tf.Variable[]): void {
    for (const parameter of parameters) this.#state.reset(parameter);
  }

  /**
   * The new values of the parameters and their slots, for gradients in the parameters' order. Assigns nothing, and counts
   * nothing: whoever assigns them calls `stepTaken`.
   *
   * @throws HyperparameterError, ShapeError, DisposedError where the rule returns what cannot be assigned
   */
  computeUpdates(parameters: readonly tf.Variable[], gradients: readonly tf.Tensor[]): Assignment[] {
    this.expectAlive();
    const { slots } = this;
    const scalars = this.#scalarsFor(parameters);
    const updates: Assignment[] = [];
    for (const [index, parameter] of parameters.entries()) {
      const state = this.#state.of(parameter, slots);
      // Written slot by slot: spreading the state here costs 10 µs a step, a fifth of what the rule's own kernels take.
      const values: Record<string, tf.Tensor> = { parameter, gradient: gradients[index] as tf.Tensor };
      for (const name in state) values[name] = state[name] as tf.Tensor;
      const hyperparameters = scalars[index] as Parameters<this["update"]>[1];
      const updated = this.update(values as Parameters<this["update"]>[0], hyperparameters);
      this.#collect(updated, parameter, state, updates);
    }
    return updates;
  }

  /** The numbers in the equation for each parameter's next step: made once for all that took as many steps. */
  #scalarsFor(parameters: readonly tf.Variable[]): Record<string, tf.Scalar>[] {
    const made = new Map<number, Record<string, tf.Scalar>>();
    return parameters.map((parameter) => {
      const step = this.#state.stepsOf(parameter) + 1;
      const scalars = made.get(step) ?? toScalars(this.hyperparametersAt(step));
      made.set(step, scalars);
      return scalars;
    });
  }

  /** Counts a step of these parameters: the updates computed for them were assigned. */
  stepTaken(parameters: readonly tf.Variable[]): void {
    for (const parameter of parameters) this.#state.setSteps(parameter, this.#state.stepsOf(parameter) + 1);
  }

  /** Checks what the rule returned for one parameter, and adds it to the updates. */
  #collect(
    updated: UpdatedValues,
    parameter: tf.Variable,
    state: Readonly<Record<string, tf.Variable>>,
    updates: Assignment[],
  ): void {
    const isObject = typeof updated === "object" && updated !== null && updated.parameter instanceof tf.Tensor;
    if (!isObject) refuse(this, "{ parameter: a tensor, …slots }", updated);
    for (const name in updated) {
      const variable = name === "parameter" ? parameter : state[name];
      if (variable === undefined) refuse(this, `of the names ${["parameter", ...Object.keys(state)].join(", ")}`, name);
      else updates.push({ variable, value: assignable(this, name, variable, updated[name]) });
    }
  }

  /** Frees what is remembered. The parameters are the model's, and stay. */
  dispose(): void {
    this.#isDisposed = true;
    this.#state.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** @throws HyperparameterError for what is no optimizer; DisposedError */
export function expectOptimizer(who: string, optimizer: unknown): asserts optimizer is Optimizer {
  if (!(optimizer instanceof Optimizer)) {
    const message = `${who} expects optimizer to be an Optimizer, such as new SGD({ learningRate: 0.1 }), got ${quote(optimizer)}.`;
    throw new HyperparameterError(message, "optimizer", optimizer);
  }
  optimizer.expectAlive();
}

function toScalars(numbers: Readonly<Record<string, number>>): Record<string, tf.Scalar> {
  const scalars: Record<string, tf.Scalar> = {};
  for (const name in numbers) scalars[name] = tf.scalar(numbers[name] as number, "float32");
  return scalars;
}

/** @throws HyperparameterError about what a rule's update returned */
function refuse(optimizer: Optimizer, expected: string, came: unknown): void {
  expectHyperparameter(false, `${optimizer.constructor.name}'s update`, "what it returns", expected, came);
}

/** A value that may be assigned to a variable: a live tensor of its shape, and not a variable, which would go with it. */
function assignable(optimizer: Optimizer, name: string, variable: tf.Variable, value: unknown): tf.Tensor {
  const isPlain = value instanceof tf.Tensor && !(value instanceof tf.Variable) && !value.isDisposed;
  if (isPlain && value.dtype === variable.dtype && tf.util.arraysEqual(value.shape, variable.shape)) return value;
  const who = `${optimizer.constructor.name}'s update`;
  if (!(value instanceof tf.Tensor)) {
    throw new HyperparameterError(`${who} must return a tensor as ${name}, got ${quote(value)}.`, name, value);
  }
  if (value.isDisposed) {
    throw new DisposedError(`${who} returned a ${name} that was disposed. Leave disposing to the step.`);
  }
  expectShape(who, `a new ${name}`, variable.shape, value.shape);
  return tf.clone(tf.cast(value, variable.dtype));
}
