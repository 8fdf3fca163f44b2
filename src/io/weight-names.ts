import type * as tf from "@tensorflow/tfjs-core";
import { stateOf, variableName, type Layer } from "../layer.ts";

/** A layer's variables, trained and not, with the names that files have for them: `dense_1/kernel`. */
export function namedVariables(layer: Layer, layerName: string): { name: string; variable: tf.Variable }[] {
  return [...layer.parameters, ...stateOf(layer)].map((variable) => {
    const field = variableName(layer, variable);
    const { savedNames = {} } = layer;
    const name = Object.hasOwn(savedNames, field) ? savedNames[field] : snakeCase(field);
    return { name: `${layerName}/${name}`, variable };
  });
}

/** `movingMean` → `moving_mean`, as files name what Keras's code calls so. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
