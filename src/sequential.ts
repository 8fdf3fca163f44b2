import * as tf from "@tensorflow/tfjs-core";
import { expectBackend } from "./backend/expect-backend.ts";
import type { BatchStream } from "./batch-stream.ts";
import type { Data } from "./data.ts";
import { evaluate, type EvaluateOptions } from "./evaluate.ts";
import type { FitOptions, StreamFitOptions } from "./fit-options.ts";
import type { History } from "./history.ts";
import { expectHyperparameter, expectOptions, isPositiveInteger } from "./hyperparameter.ts";
import type { ModelLocation } from "./io/handlers.ts";
import { loadModel, type LoadOptions } from "./io/load.ts";
import { saveModel, type SaveOptions } from "./io/save.ts";
import type { Layer } from "./layer.ts";
import { LayerStack } from "./layer-stack.ts";
import { expectAlive, type TrainableModel } from "./model.ts";
import { releaseState } from "./optimizer-state.ts";
import { predict, type PredictOptions } from "./predict.ts";
import type { JsonObject } from "./saved-layer.ts";
import { setWeights } from "./set-weights.ts";
import type { Shape } from "./shape.ts";
import { summarise } from "./summary.ts";
import type { TrainingPass } from "./training-pass.ts";
import { TrainingRecord } from "./training-record.ts";

/** What a model is made for, and from. */
export interface SequentialOptions {
  /** A sample's shape, without the batch axis. */
  readonly inputShape: Shape;
  /** A whole number, from which first weights and shuffles follow. Default 0: a run repeats unless told otherwise. */
  readonly seed?: number;
}

/**
 * A network of layers, each fed by the one before:
 *
 *     a⁰ = x,   aˡ = layerˡ(aˡ⁻¹),   prediction = aᴸ
 *
 * Its parameters are made at once, from the seed. It owns them: `dispose()` frees them, and all that optimizers remember
 * of them.
 */
export class Sequential implements TrainableModel {
  static readonly name: string = "Sequential";

  readonly inputShape: Shape;
  readonly seed: number;
  readonly #stack: LayerStack;
  readonly #record = new TrainingRecord();
  stepsTaken = 0;
  /** The course of the last fit that ended well; from a file, of the last one before it was saved. */
  history: History | undefined;
  /**
   * What its files are to carry along for whoever uses the model: what its inputs are, how they were scaled, what its
   * outputs mean. Anything that JSON can hold.
   */
  metadata: JsonObject | undefined;
  #isDisposed = false;

  /**
   * @throws HyperparameterError if there are no layers, or an option makes no sense; ShapeError if the layers do not fit
   * each other; InUseError if a layer belongs to another model; BackendError if none runs
   */
  constructor(layers: readonly Layer[], options: SequentialOptions) {
    expectOptions("Sequential", options, ["inputShape", "seed"]);
    const { inputShape, seed = 0 } = options;
    expectBackend();
    const isShape = Array.isArray(inputShape) && inputShape.every(isPositiveInteger);
    expectHyperparameter(isShape, "Sequential", "inputShape", "an array of sizes, such as [3]", inputShape);
    expectHyperparameter(Number.isSafeInteger(seed), "Sequential", "seed", "a whole number", seed);
    const isList = Array.isArray(layers) && layers.length > 0;
    expectHyperparameter(isList, "Sequential", "layers", "an array of at least one layer", layers);
    this.inputShape = [...inputShape];
    this.seed = seed;
    this.#stack = new LayerStack(layers, this.inputShape, seed);
  }

  /** A prediction's shape, without the batch axis. */
  get outputShape(): Shape {
    return this.#stack.outputShape;
  }

  get layers(): readonly Layer[] {
    return this.#stack.stages.map(({ layer }) => layer);
  }

  /** What reports call each layer, in order: `["dense_1", "dense_2"]`. */
  get layerNames(): readonly string[] {
    return this.#stack.stages.map(({ name }) => name);
  }

  /** All trained variables, layer by layer. */
  get parameters(): readonly tf.Variable[] {
    return this.#stack.parameters;
  }

  /** The layers' variables that are not trained, such as moving means. */
  get state(): readonly tf.Variable[] {
    return this.#stack.state;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** What reports call a parameter: `"dense_1/kernel"`. */
  nameOf(parameter: tf.Variable): string {
    return this.#stack.nameOf(parameter);
  }

  /**
   * x [batch, …input] → prediction [batch, …output], for training and for functions of one's own. The caller tidies.
   *
   * @param training given in a training step only
   * @throws DisposedError; ShapeError from the layer that x does not fit
   */
  forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor {
    expectAlive(this);
    return this.#stack.forward(x, training);
  }

  /** The sum of what the layers add to the loss, undefined where that is nothing. The caller tidies. */
  penalty(): tf.Scalar | undefined {
    return this.#stack.penalty();
  }

  /**
   * x [samples, …input] → prediction [samples, …output], a tensor that the caller disposes of. With a batchSize the
   * samples pass in parts of that size, which bounds the memory. Values are looked at only in arrays: a NaN in a tensor
   * goes through.
   *
   * @throws ShapeError, DataError, HyperparameterError, DisposedError
   */
  predict(x: Data, options: PredictOptions = {}): tf.Tensor {
    return predict(this, x, options);
  }

  /** Trains on batches that come one by one, each `[x, y]` or `[x, y, sampleWeight]`. */
  async fit(batches: BatchStream, options: StreamFitOptions): Promise<History>;
  /**
   * Trains the parameters by descent on the loss: batch by batch, epoch by epoch. y is of the prediction's shape.
   * Each epoch draws a new order from the seed; the last batch may be smaller, and counts by its size. Two fits of ten
   * epochs are one of twenty, with the same optimizer.
   *
   * @throws before anything is changed: ShapeError, DataError (with the row of a NaN), HyperparameterError,
   * UnknownNameError, UnconnectedParameterError, DisposedError, InUseError while another fit of this model runs, or
   * findLearningRate. DivergenceError when the loss becomes non-finite: the weights of the last finite epoch stay in the
   * model. AbortError when the signal aborts, DeviceLostError when the GPU goes away, and what a callback throws: each with
   * a model that can go on.
   */
  async fit(x: Data, y: Data, options: FitOptions): Promise<History>;
  async fit(...given: readonly [Data, Data, FitOptions] | readonly [BatchStream, StreamFitOptions]): Promise<History> {
    expectAlive(this);
    this.history = await this.#record.fit(this, given);
    return this.history;
  }

  /**
   * The means of loss and metrics over samples, by name: `{ loss: 0.01, mae: 0.08 }`.
   *
   * @throws ShapeError, DataError, HyperparameterError, UnknownNameError, DisposedError
   */
  async evaluate(x: Data, y: Data, options: EvaluateOptions): Promise<Record<string, number>> {
    expectAlive(this);
    return evaluate(this, x, y, options);
  }

  /** A table of the layers, their output shapes and their numbers of parameters. */
  summary(): string {
    return summarise(this.#stack.stages, this.seed);
  }

  /** Copies of the values of `parameters`, then of `state`, which the caller disposes of. */
  getWeights(): tf.Tensor[] {
    expectAlive(this);
    return [...this.parameters, ...this.state].map((variable) => tf.clone(variable));
  }

  /**
   * Sets the values of `parameters`, then of `state`. Values are looked at only in arrays.
   *
   * @throws ShapeError, DataError, DisposedError: then none is set
   */
  setWeights(weights: readonly Data[]): void {
    setWeights(this, weights);
  }

  /**
   * Saves the model as it stands: network, weights, seed, how far it was trained, the last fit's history and `metadata`;
   * with an optimizer what that remembers, so that training goes on as if it had never stopped.
   *
   *     await model.save("file://model", { optimizer });
   *
   * The format is tfjs's `layers-model`, which tfjs-layers opens. `file://` makes a folder, where a crash at any moment
   * leaves the old model whole or the new one. Other URLs are tfjs's: `localstorage://`, `indexeddb://`, `downloads://`,
   * `http(s)://`; or give an IOHandler.
   *
   * @throws ModelFileError for a layer that cannot say what it is, a weight that is not finite, metadata that JSON cannot
   * hold, and where it cannot be written; HyperparameterError, DisposedError, InUseError inside `tf.tidy`
   */
  async save(target: ModelLocation, options?: SaveOptions): Promise<tf.io.SaveResult> {
    expectAlive(this);
    const { layers, layerNames, inputShape, seed, stepsTaken, history, metadata } = this;
    const { epochsTrained, loss } = this.#record;
    const trained = { seed, stepsTaken, epochsTrained, history, loss };
    return saveModel({ layers, layerNames, inputShape, metadata, ...trained }, target, options);
  }

  /**
   * Makes a model again from a file by rivulet, tfjs-layers or Keras, on whichever backend runs. The file may be anybody's:
   * all of it is checked.
   *
   *     const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
   *     const model = await Sequential.load("file://model", { optimizer });
   *
   * @throws ModelFileError for a file that is not there, was cut off or altered, or holds no such model or optimizer: then
   * nothing is left behind, and the optimizer is as it was; HyperparameterError, BackendError, DisposedError, InUseError
   */
  static async load(source: ModelLocation, options: LoadOptions = {}): Promise<Sequential> {
    expectBackend();
    return loadModel(source, options, (layers, { inputShape, seed, stepsTaken, epochsTrained, history, metadata }) => {
      const model = new Sequential(layers, { inputShape, seed });
      model.stepsTaken = stepsTaken;
      model.#record.epochsTrained = epochsTrained;
      model.history = history;
      model.metadata = metadata;
      return model;
    });
  }

  /** Frees the parameters, the state, and what optimizers remember of them. A second call does nothing. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    releaseState(this.parameters);
    this.#stack.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
