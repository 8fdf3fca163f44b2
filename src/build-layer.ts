import * as tf from "@tensorflow/tfjs-core";
import { countAwaited } from "./awaited-values.ts";
import { DisposedError, HyperparameterError, ShapeError } from "./errors.ts";
import { stateOf, type Layer } from "./layer.ts";
import { quote } from "./quote.ts";
import type { RandomStream } from "./random.ts";
import { formatShape, type Shape } from "./shape.ts";

/** @param place the layer's number in the model, from 1 @throws HyperparameterError for what is no layer */
export function expectLayer(layer: unknown, place: number): asserts layer is Layer {
  const isObject = typeof layer === "object" && layer !== null;
  const { build, forward } = isObject ? (layer as Partial<Layer>) : {};
  if (typeof build === "function" && typeof forward === "function") return;
  const mend = typeof layer === "function" ? " Make one of it: new Dense({ units: 1 })." : "";
  const message = `Sequential expects layer ${place} to have build, forward and parameters, got ${quote(layer)}.${mend}`;
  throw new HyperparameterError(message, "layers", layer);
}

/**
 * Has a layer make its parameters, and checks them. Nothing is left behind where that fails.
 *
 * @throws whatever the layer throws; HyperparameterError for parameters that cannot be trained
 */
export function buildLayer(layer: Layer, name: string, inputShape: Shape, random: RandomStream): void {
  try {
    // Tidied: what a layer makes on the way to its variables need not concern it. The variables stay.
    tf.tidy(() => {
      const result: unknown = layer.build(inputShape, random);
      if (result instanceof Promise) {
        throw new HyperparameterError(
          `${name}'s build must not be asynchronous: fetch what it needs before.`,
          "build",
          layer,
        );
      }
    });
    expectVariables(name, "parameters", layer.parameters, true);
    if (layer.state !== undefined) expectVariables(name, "state", layer.state, false);
    countAwaited(name, [...layer.parameters, ...stateOf(layer)]);
  } catch (error) {
    // A layer that fails half-way may have made some of its variables.
    const made: unknown[] = [layer.parameters, layer.state].flat();
    tf.dispose(made.filter((variable) => variable instanceof tf.Variable));
    throw error;
  }
}

function expectVariables(name: string, member: string, variables: unknown, trainable: boolean): void {
  const isList = Array.isArray(variables);
  const wrong: unknown = isList
    ? variables.find((variable) => {
        return !(variable instanceof tf.Variable && variable.dtype === "float32" && variable.trainable === trainable);
      })
    : variables;
  if (isList && wrong === undefined) return;
  const kind = trainable ? "trainable" : "untrainable";
  const message = `${name}'s ${member} must be an array of ${kind} float32 tf.Variables, got ${quote(wrong)}.`;
  throw new HyperparameterError(message, member, variables);
}

/**
 * Runs two samples of zeros through, so that a layer need not work out its output shape, and one that does not fit
 * shows now.
 *
 * @throws ShapeError, DisposedError where forward does not return one live output a sample
 */
export function outputShapeOf(layer: Layer, name: string, inputShape: Shape): Shape {
  return tf.tidy(() => {
    const output: unknown = layer.forward(tf.zeros([2, ...inputShape]));
    if (!(output instanceof tf.Tensor))
      throw new ShapeError(`${name}'s forward must return a tensor, got ${quote(output)}.`, [], []);
    if (output.isDisposed)
      throw new DisposedError(`${name}'s forward returned a tensor that was disposed. It must not tidy.`);
    if (output.shape[0] === 2) return output.shape.slice(1);
    const message = `${name}'s forward must return as many samples as it is given, got ${formatShape(output.shape)} for 2.`;
    throw new ShapeError(`${message} The first axis is the batch.`, [2], output.shape);
  });
}
