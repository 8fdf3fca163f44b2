export { Dense, type DenseOptions } from "./dense.ts";
export { Flatten } from "./flatten.ts";
export { Reshape, type ReshapeOptions } from "./reshape.ts";
