import * as tf from "@tensorflow/tfjs-core";
import { expectBackend } from "./backend/expect-backend.ts";
import type { BatchStream } from "./batch-stream.ts";
import { batchRanges, sliceRows } from "./batches.ts";
import { toTensor, type Data } from "./data.ts";
import { InUseError, ShapeError } from "./errors.ts";
import { evaluate, type EvaluateOptions } from "./evaluate.ts";
import { fit } from "./fit.ts";
import { expectBatchSize, resolveFit, type FitOptions, type StreamFitOptions } from "./fit-options.ts";
import type { History } from "./history.ts";
import { expectHyperparameter, expectOptions, isPositiveInteger } from "./hyperparameter.ts";
import { buildLayer, expectLayer, outputShapeOf } from "./build-layer.ts";
import { beginTraining, endTraining, expectUntrained } from "./in-training.ts";
import type { ModelLocation } from "./io/handlers.ts";
import { loadModel, type LoadOptions } from "./io/load.ts";
import { saveModel, type SaveOptions } from "./io/save.ts";
import { stateOf, variableName, type Layer } from "./layer.ts";
import type { Loss } from "./losses.ts";
import { expectAlive, type TrainableModel } from "./model.ts";
import { releaseState } from "./optimizer-state.ts";
import { RandomStream } from "./random.ts";
import type { JsonObject } from "./saved-layer.ts";
import { expectShape, type Shape } from "./shape.ts";
import { summarise, type Stage } from "./summary.ts";
import type { TrainingPass } from "./training-pass.ts";

/** What a model is made for, and from. */
export interface SequentialOptions {
  /** A sample's shape, without the batch axis. */
  readonly inputShape: Shape;
  /** A whole number, from which first weights and shuffles follow. Default 0: a run repeats unless told otherwise. */
  readonly seed?: number;
}

/** The layers that belong to a model, so that none is built twice. */
const taken = new WeakSet<Layer>();

/**
 * A network of layers, each fed by the one before:
 *
 *     a⁰ = x,   aˡ = layerˡ(aˡ⁻¹),   prediction = aᴸ
 *
 * Its parameters are made at once, from the seed. It owns them: `dispose()` frees them, and all that optimizers remember
 * of them.
 */
export class Sequential implements TrainableModel {
  readonly inputShape: Shape;
  readonly seed: number;
  readonly #stages: Stage[] = [];
  readonly #parameters: tf.Variable[] = [];
  readonly #state: tf.Variable[] = [];
  stepsTaken = 0;
  /** The course of the last fit that ended well; from a file, of the last one before it was saved. */
  history: History | undefined;
  /**
   * What its files are to carry along for whoever uses the model: what its inputs are, how they were scaled, what its
   * outputs mean. Anything that JSON can hold.
   */
  metadata: JsonObject | undefined;
  #loss: Loss | undefined;
  #epochsTrained = 0;
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
    const isList = Array.isArray(layers) && layers.length > 0;
    expectHyperparameter(isList, "Sequential", "layers", "an array of at least one layer", layers);
    this.inputShape = [...inputShape];
    this.seed = seed;
    try {
      for (const layer of layers) this.#add(layer, new RandomStream(seed, "layer", this.#stages.length));
    } catch (error) {
      this.dispose();
      for (const { layer } of this.#stages) taken.delete(layer);
      throw error;
    }
  }

  #add(layer: Layer, random: RandomStream): void {
    expectLayer(layer, this.#stages.length + 1);
    const kind = layer.constructor.name.toLowerCase();
    const name = `${kind}_${this.#stages.filter((stage) => stage.name.startsWith(`${kind}_`)).length + 1}`;
    if (taken.has(layer)) {
      throw new InUseError(
        `Layer ${name} already belongs to a model, with its parameters. Make a new layer for this one.`,
      );
    }
    const inputShape = this.outputShape;
    buildLayer(layer, name, inputShape, random);
    this.#parameters.push(...layer.parameters);
    this.#state.push(...stateOf(layer));
    this.#stages.push({ layer, name, outputShape: outputShapeOf(layer, name, inputShape) });
    taken.add(layer);
  }

  /** A prediction's shape, without the batch axis. */
  get outputShape(): Shape {
    return this.#stages.at(-1)?.outputShape ?? this.inputShape;
  }

  get layers(): readonly Layer[] {
    return this.#stages.map(({ layer }) => layer);
  }

  /** What reports call each layer, in order: `["dense_1", "dense_2"]`. */
  get layerNames(): readonly string[] {
    return this.#stages.map(({ name }) => name);
  }

  /** All trained variables, layer by layer. */
  get parameters(): readonly tf.Variable[] {
    return this.#parameters;
  }

  /** The layers' variables that are not trained, such as moving means. */
  get state(): readonly tf.Variable[] {
    return this.#state;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** What reports call a parameter: `"dense_1/kernel"`. */
  nameOf(parameter: tf.Variable): string {
    const stage = this.#stages.find(({ layer }) => [...layer.parameters, ...stateOf(layer)].includes(parameter));
    return stage === undefined ? parameter.name : `${stage.name}/${variableName(stage.layer, parameter)}`;
  }

  /**
   * x [batch, …input] → prediction [batch, …output], for training and for functions of one's own. The caller tidies.
   *
   * @param training given in a training step only
   * @throws DisposedError; ShapeError from the layer that x does not fit
   */
  forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor {
    expectAlive(this);
    return this.#stages.reduce((output, { layer }) => layer.forward(output, training), x);
  }

  /** The sum of what the layers add to the loss, undefined where that is nothing. The caller tidies. */
  penalty(): tf.Scalar | undefined {
    const penalties = this.#stages.flatMap(({ layer }) => layer.penalty?.() ?? []);
    return penalties.length === 0 ? undefined : tf.addN(penalties);
  }

  /**
   * x [samples, …input] → prediction [samples, …output], a tensor that the caller disposes of. With a batchSize the
   * samples pass in parts of that size, which bounds the memory. Values are looked at only in arrays: a NaN in a tensor
   * goes through.
   *
   * @throws ShapeError, DataError, HyperparameterError, DisposedError
   */
  predict(x: Data, options: { readonly batchSize?: number | "full" } = {}): tf.Tensor {
    expectAlive(this);
    expectOptions("predict", options, ["batchSize"]);
    const { batchSize = "full" } = options;
    expectBatchSize("predict", batchSize);
    return tf.tidy(() => {
      const samples = toTensor("x", x);
      expectShape("predict", "x", [null, ...this.inputShape], samples.shape);
      const count = samples.shape[0];
      if (batchSize === "full" || batchSize >= count) {
        const output = this.forward(samples);
        // A layer's own variable is not the caller's to dispose of.
        return output instanceof tf.Variable ? tf.clone(output) : output;
      }
      const parts = batchRanges(count, batchSize).map((range) =>
        tf.tidy(() => this.forward(sliceRows(samples, range))),
      );
      return tf.concat(parts, 0);
    });
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
    expectUntrained("fit", this);
    const { data, settings } = resolveFit(given);
    const { seed = this.seed } = settings;
    const trainedBefore = settings.seed === undefined ? this.#epochsTrained : 0;
    const streamOf = (epoch: number) => new RandomStream(seed, "shuffle", trainedBefore + epoch);
    const epochEnded = () => (this.#epochsTrained += 1);
    beginTraining("fit", this);
    this.#loss = settings.rule.loss;
    try {
      this.history = await fit(this, data, settings, { seed, streamOf, epochEnded });
      return this.history;
    } finally {
      endTraining(this);
    }
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
    return summarise(this.#stages, this.seed);
  }

  /** What `getWeights` and `setWeights` are about: the parameters, then the state. */
  get #variables(): readonly tf.Variable[] {
    return [...this.#parameters, ...this.#state];
  }

  /** Copies of the values of `parameters`, then of `state`, which the caller disposes of. */
  getWeights(): tf.Tensor[] {
    expectAlive(this);
    return this.#variables.map((variable) => tf.clone(variable));
  }

  /**
   * Sets the values of `parameters`, then of `state`. Values are looked at only in arrays.
   *
   * @throws ShapeError, DataError, DisposedError: then none is set
   */
  setWeights(weights: readonly Data[]): void {
    expectAlive(this);
    const variables = this.#variables;
    expectHyperparameter(Array.isArray(weights), "setWeights", "weights", "an array of values", weights);
    if (weights.length !== variables.length) {
      const message = `setWeights expects ${variables.length} arrays of values, got ${weights.length}.`;
      throw new ShapeError(message, [variables.length], [weights.length]);
    }
    tf.tidy(() => {
      const values = variables.map((variable, index) => {
        const name = this.nameOf(variable);
        const value = toTensor(name, weights[index] as Data);
        expectShape("setWeights", name, variable.shape, value.shape);
        return value;
      });
      variables.forEach((variable, index) => variable.assign(values[index] as tf.Tensor));
    });
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
    const record = { seed, stepsTaken, epochsTrained: this.#epochsTrained, history, metadata };
    return saveModel({ layers, layerNames, inputShape, ...record, loss: this.#loss }, target, options);
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
      model.#epochsTrained = epochsTrained;
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
    for (const variable of this.#variables) variable.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
