import type * as tf from "@tensorflow/tfjs-core";
import type { Layer } from "../layer.ts";
import type { Model } from "../model.ts";
import { TrainingPass } from "../training-pass.ts";
import type { Look } from "./look.ts";

/** A layer, what reports call it, and what comes to it. */
export interface LayerInput {
  readonly name: string;
  readonly layer: Layer;
  readonly input: tf.Tensor;
}

/**
 * The layers of a model that is a sequence of them, as `Sequential` is, each with its input in a training step on a look's
 * samples; of another model, none. The caller tidies.
 */
export function layerInputsOf({ model, samples }: Look): LayerInput[] {
  const training = new TrainingPass(model.stepsTaken ?? 0);
  try {
    let output = samples.x;
    return layersOf(model).map(({ name, layer }) => {
      const input = output;
      output = layer.forward(input, training);
      return { name, layer, input };
    });
  } finally {
    training.dispose();
  }
}

function layersOf(model: Model): Omit<LayerInput, "input">[] {
  const { layers, layerNames } = model as Partial<Record<"layers" | "layerNames", unknown>>;
  if (!Array.isArray(layers) || !Array.isArray(layerNames)) return [];
  return layers.map((layer: Layer, index) => ({ layer, name: String(layerNames[index]) }));
}
