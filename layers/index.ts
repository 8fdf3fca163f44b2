export { Dense, type DenseOptions } from "./dense.ts";
