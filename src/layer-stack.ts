import * as tf from "@tensorflow/tfjs-core";
import { buildLayer, expectLayer, outputShapeOf } from "./build-layer.ts";
import { InUseError } from "./errors.ts";
import { stateOf, variableName, type Layer } from "./layer.ts";
import { RandomStream } from "./random.ts";
import type { Shape } from "./shape.ts";
import type { TrainingPass } from "./training-pass.ts";

/** A layer in its place in a model. */
export interface Stage {
  readonly layer: Layer;
  /** `dense_1`: the layer's class and its number among those of that class. */
  readonly name: string;
  readonly outputShape: Shape;
}

/** The layers that belong to a model, so that none is built twice. */
const taken = new WeakSet<Layer>();

/** The layers of a model, each built for what comes out of the one before. Their variables are the stack's. */
export class LayerStack {
  readonly #inputShape: Shape;
  readonly #stages: Stage[] = [];
  readonly #parameters: tf.Variable[] = [];
  readonly #state: tf.Variable[] = [];

  /**
   * @throws HyperparameterError, ShapeError, InUseError, what a layer throws: then nothing is left behind, and the layers
   * are free for another model
   */
  constructor(layers: readonly Layer[], inputShape: Shape, seed: number) {
    this.#inputShape = inputShape;
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

  get stages(): readonly Stage[] {
    return this.#stages;
  }

  /** Without the batch axis. */
  get outputShape(): Shape {
    return this.#stages.at(-1)?.outputShape ?? this.#inputShape;
  }

  /** All trained variables, layer by layer. */
  get parameters(): readonly tf.Variable[] {
    return this.#parameters;
  }

  /** The layers' variables that are not trained. */
  get state(): readonly tf.Variable[] {
    return this.#state;
  }

  /** What reports call a variable: `"dense_1/kernel"`. */
  nameOf(variable: tf.Variable): string {
    const stage = this.#stages.find(({ layer }) => [...layer.parameters, ...stateOf(layer)].includes(variable));
    return stage === undefined ? variable.name : `${stage.name}/${variableName(stage.layer, variable)}`;
  }

  /** x through one layer after the other. The caller tidies. */
  forward(x: tf.Tensor, training: TrainingPass | undefined): tf.Tensor {
    return this.#stages.reduce((output, { layer }) => layer.forward(output, training), x);
  }

  /** The sum of what the layers add to the loss, undefined where that is nothing. The caller tidies. */
  penalty(): tf.Scalar | undefined {
    const penalties = this.#stages.flatMap(({ layer }) => layer.penalty?.() ?? []);
    return penalties.length === 0 ? undefined : tf.addN(penalties);
  }

  /** Frees the variables. */
  dispose(): void {
    for (const variable of [...this.#parameters, ...this.#state]) variable.dispose();
  }
}
