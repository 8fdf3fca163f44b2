import type { JsonObject, LayerReader } from "../src/saved-layer.ts";
import { Activation } from "./activation.ts";
import { ReLU } from "./activations.ts";
import { BatchNorm } from "./batch-norm.ts";
import { Dense } from "./dense.ts";
import { Dropout } from "./dropout.ts";
import { ELU } from "./elu.ts";
import { Flatten } from "./flatten.ts";
import { LayerNorm } from "./layer-norm.ts";
import { LeakyReLU } from "./leaky-relu.ts";
import { Normalization } from "./normalization.ts";
import { Reshape } from "./reshape.ts";
import { Softmax } from "./softmax.ts";

/** Reads the layers of rivulet's, tfjs-layers' and Keras's files, by the names that classes have there. */
export const savedLayers = {
  Activation: Activation.fromSaved,
  BatchNormalization: (config: JsonObject) =>
    Normalization.isSaved(config) ? Normalization.fromSaved(config) : BatchNorm.fromSaved(config),
  Dense: Dense.fromSaved,
  Dropout: Dropout.fromSaved,
  ELU: ELU.fromSaved,
  Flatten: Flatten.fromSaved,
  LayerNormalization: LayerNorm.fromSaved,
  LeakyReLU: LeakyReLU.fromSaved,
  ReLU: ReLU.fromSaved,
  Reshape: Reshape.fromSaved,
  Softmax: Softmax.fromSaved,
} as const satisfies Readonly<Record<string, LayerReader>>;
