import * as tf from "@tensorflow/tfjs-core";
import { assign } from "./assignment.ts";
import { toTensor, type Data } from "./data.ts";
import { ShapeError } from "./errors.ts";
import { expectHyperparameter } from "./hyperparameter.ts";
import { expectAlive, type Model } from "./model.ts";
import { expectShape } from "./shape.ts";

/** Sets a model's parameters, then its state. `Sequential.setWeights` says what is thrown: then none is set. */
export function setWeights(model: Model, weights: readonly Data[]): void {
  expectAlive(model);
  const variables = [...model.parameters, ...(model.state ?? [])];
  expectHyperparameter(Array.isArray(weights), "setWeights", "weights", "an array of values", weights);
  if (weights.length !== variables.length) {
    const message = `setWeights expects ${variables.length} arrays of values, got ${weights.length}.`;
    throw new ShapeError(message, [variables.length], [weights.length]);
  }
  tf.tidy(() => {
    const assignments = variables.map((variable, index) => {
      const name = model.nameOf(variable);
      const value = toTensor(name, weights[index] as Data);
      expectShape("setWeights", name, variable.shape, value.shape);
      return { variable, value };
    });
    assign(assignments);
  });
}
