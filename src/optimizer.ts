import * as tf from "@tensorflow/tfjs-core";
import type { Assignment } from "./assignment.ts";
import { clipGradients, type Clipping } from "./clipping.ts";
import { DisposedError, HyperparameterError } from "./errors.ts";
import { learningRateConfig, rateAt, resolveLearningRate, type LearningRateLike } from "./learning-rate.ts";
import { nextNumbers, scalarsOf, type StepNumbers, type StepScalars } from "./next-step.ts";
import {
  resolveOptimizerOptions,
  type OptimizerConfig,
  type OptimizerDefaults,
  type OptimizerOptions,
} from "./optimizer-options.ts";
import { expectState, OptimizerState, type StepCounts } from "./optimizer-state.ts";
import { quote } from "./quote.ts";
import type { Schedule } from "./schedules.ts";
import { collectUpdates, type UpdatedValues } from "./updated-values.ts";

export type { OptimizerDefaults, OptimizerOptions, UpdatedValues };

/**
 * An update rule. A rule of one's own is its equation, in `update`; the walk over the parameters, the state and the
 * memory, schedules, weight decay and clipping are written once, for all rules. Of a step they come in this order:
 *
 *     g ← clipped g
 *     θ ← θ − η λ θ
 *     θ ← the equation's, from these
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
  /** λ. */
  readonly weightDecay: number;
  /** What gradients are clipped by, and at what; undefined if they are not. */
  readonly clipping: Clipping | undefined;
  #learningRate: number | Schedule;
  #isDisposed = false;

  /**
   * @param known the names of all options that the rule takes, so that a misspelt one is found
   * @param defaults the rule's own, where they differ
   * @throws HyperparameterError for a learning rate that is no finite number above 0 and no schedule, a weight decay below
   * 0, a threshold not above 0, or more than one
   */
  constructor(
    options: OptimizerOptions = {},
    known: readonly string[] = Object.keys(options ?? {}),
    defaults: OptimizerDefaults = {},
  ) {
    const { learningRate, weightDecay, clipping } = resolveOptimizerOptions(new.target.name, options, known, defaults);
    this.#state.ownedBy(this);
    this.#learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.clipping = clipping;
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

  /**
   * The options as they hold now, as plain data: `new Adam(adam.toConfig())` is the same rule, with nothing remembered.
   *
   * @throws HyperparameterError if the learning rate follows a function of the user's, which no file can hold
   */
  toConfig(): OptimizerConfig {
    const { weightDecay, clipping } = this;
    const learningRate = learningRateConfig(this.constructor.name, this.#learningRate);
    return { learningRate, weightDecay, ...(clipping && { [clipping.by]: clipping.threshold }) };
  }

  /** What is remembered of a parameter, by the slots' names: made now where there is none yet. @throws DisposedError */
  stateByName(parameter: tf.Variable): Readonly<Record<string, tf.Variable>> {
    this.expectAlive();
    const { slots } = this;
    const state = this.#state.of(parameter, slots);
    return Object.fromEntries(Object.keys(slots).map((name) => [name, state[name] as tf.Variable]));
  }

  /**
   * Goes on where another of the same rule left off with a parameter.
   *
   * @param values of every slot, float32 in the parameter's shape; they stay the caller's. Whether they are finite is not
   * looked at.
   * @param steps how many were taken
   * @throws HyperparameterError, ShapeError, DisposedError: then nothing has changed
   */
  loadState(parameter: tf.Variable, values: Readonly<Record<string, tf.Tensor>>, steps: number): void {
    this.expectAlive();
    const { slots } = this;
    expectState(this.constructor.name, parameter, slots, values, steps);
    const state = this.#state.of(parameter, slots);
    for (const name in slots) state[name]?.assign(values[name] as tf.Tensor);
    this.#state.setSteps(parameter, steps);
  }

  /** What is remembered of these parameters by now. */
  stateOf(parameters: readonly tf.Variable[]): tf.Variable[] {
    return parameters.flatMap((parameter) => this.#state.existing(parameter));
  }

  /** Frees what is remembered of parameters that no step was taken with; the next one makes it anew. */
  forgetState(parameters: readonly tf.Variable[]): void {
    for (const parameter of parameters) if (this.#state.stepsOf(parameter) === 0) this.#state.release(parameter);
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
   * The numbers of each parameter's next step, worked out on the host; parameters that took as many steps share theirs.
   *
   * @throws HyperparameterError where a schedule returns no rate; DisposedError
   */
  numbersOf(parameters: readonly tf.Variable[]): StepNumbers[] {
    this.expectAlive();
    return nextNumbers(
      parameters.map((parameter) => this.#state.stepsOf(parameter)),
      this,
    );
  }

  /**
   * The new values of the parameters and their slots, for gradients in the parameters' order. Assigns nothing, and counts
   * nothing: whoever assigns them calls `stepTaken`.
   *
   * @param scalars the numbers of the step
   * @throws HyperparameterError, ShapeError, DisposedError where the rule returns what cannot be assigned
   */
  computeUpdates(
    parameters: readonly tf.Variable[],
    gradients: readonly tf.Tensor[],
    scalars: readonly StepScalars[] = scalarsOf(this.numbersOf(parameters)),
  ): Assignment[] {
    this.expectAlive();
    const { slots } = this;
    const clipped = this.#clip(gradients);
    const updates: Assignment[] = [];
    for (const [index, parameter] of parameters.entries()) {
      const { hyperparameters, decay } = scalars[index] as StepScalars;
      const state = this.#state.of(parameter, slots);
      const decayed = decay === undefined ? parameter : tf.sub(parameter, tf.mul(decay, parameter));
      // Written slot by slot: spreading the state here costs 10 µs a step, a fifth of what the rule's own kernels take.
      const values: Record<string, tf.Tensor> = { parameter: decayed, gradient: clipped[index] as tf.Tensor };
      for (const name in state) values[name] = state[name] as tf.Tensor;
      const updated = this.update(values as Parameters<this["update"]>[0], hyperparameters);
      collectUpdates(this.constructor.name, updated, parameter, state, updates);
    }
    return updates;
  }

  #clip(gradients: readonly tf.Tensor[]): readonly tf.Tensor[] {
    if (this.clipping === undefined) return gradients;
    return clipGradients(gradients, this.clipping.by, tf.scalar(this.clipping.threshold, "float32"));
  }

  /** Counts a step of these parameters: the updates computed for them were assigned. */
  stepTaken(parameters: readonly tf.Variable[]): void {
    for (const parameter of parameters) this.#state.setSteps(parameter, this.#state.stepsOf(parameter) + 1);
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
