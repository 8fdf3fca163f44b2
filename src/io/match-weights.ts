import type * as tf from "@tensorflow/tfjs-core";
import type { Layer } from "../layer.ts";
import { quote } from "../quote.ts";
import { formatShape } from "../shape.ts";
import type { ModelFile } from "./model-file.ts";
import type { Topology } from "./topology.ts";
import { namedVariables } from "./weight-names.ts";
import type { WeightSpec } from "./weights.ts";

/** A model that was made of a file's layers, and waits for its values. */
export interface LoadedModel {
  readonly layers: readonly Layer[];
  readonly parameters: readonly tf.Variable[];
  dispose(): void;
}

/**
 * The weight in the file for each of a model's variables, by name. Before it, Keras may have put the model's:
 * `sequential/dense/kernel`.
 *
 * @throws ModelFileError where one is missing, of another shape or not the only one, or where the file has one too many
 */
export function matchWeights(
  file: ModelFile,
  { layers }: Topology,
  model: LoadedModel,
  specs: readonly WeightSpec[],
): Map<tf.Variable, WeightSpec> {
  const weights = specs.filter(({ isOptimizers }) => !isOptimizers);
  const byName = new Map(weights.map((spec) => [spec.name, spec]));
  const byEnd = new Map<string, WeightSpec[]>();
  for (const spec of weights) {
    const end = spec.name.slice(spec.name.indexOf("/") + 1);
    byEnd.set(end, [...(byEnd.get(end) ?? []), spec]);
  }
  const matched = new Map<tf.Variable, WeightSpec>();
  const used = new Set<WeightSpec>();
  for (const [index, layer] of model.layers.entries()) {
    for (const { name, variable } of namedVariables(layer, layers[index]?.name ?? "")) {
      const [found, second] = byName.has(name) ? [byName.get(name)] : (byEnd.get(name) ?? []);
      if (found === undefined || used.has(found)) {
        const mend = "Weights are named after their layers: <layer>/kernel.";
        throw file.error(`it has no weight ${quote(name)}`, { where: name, mend });
      }
      if (second !== undefined) {
        throw file.error(`${quote(found.name)} and ${quote(second.name)} are both ${quote(name)}`, { where: name });
      }
      expectSameShape(file, found, variable);
      matched.set(variable, found);
      used.add(found);
    }
  }
  const extra = weights.find((spec) => !used.has(spec));
  if (extra === undefined) return matched;
  throw file.error(`no layer has a place for its weight ${quote(extra.name)}`, { where: extra.name });
}

/** @throws ModelFileError */
export function expectSameShape(file: ModelFile, { name, shape }: WeightSpec, variable: tf.Variable): void {
  const isSame = shape.length === variable.shape.length && shape.every((size, axis) => size === variable.shape[axis]);
  if (isSame) return;
  const expected = formatShape(variable.shape);
  throw file.error(`weight ${quote(name)} must be of shape ${expected}, got ${formatShape(shape)}`, { where: name });
}
