export { BatchNorm, type BatchNormOptions } from "./batch-norm.ts";
export { Dense, type DenseOptions } from "./dense.ts";
export { Dropout, type DropoutOptions } from "./dropout.ts";
export { Flatten } from "./flatten.ts";
export { LayerNorm, type LayerNormOptions } from "./layer-norm.ts";
export { Normalization, type NormalizationOptions } from "./normalization.ts";
export { Reshape, type ReshapeOptions } from "./reshape.ts";
export type { ScaledAndShiftedOptions } from "./scaled-and-shifted.ts";
