import { lookUp } from "./lookup.ts";
import type { Layer } from "./layer.ts";

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** A layer without its weights, in the words of tfjs-layers' and Keras's files: `{ className: "Dense", config: { units: 16 } }`. */
export interface SavedLayer {
  readonly className: string;
  readonly config: JsonObject;
}

/**
 * Makes a layer again from a file's config, which may hold anything.
 *
 * @throws HyperparameterError, UnknownNameError for what makes no sense
 */
export type LayerReader = (config: JsonObject) => Layer;

const readers: Record<string, LayerReader> = Object.create(null) as Record<string, LayerReader>;

/** Has files with layers of these classes be read. */
export function knowLayers(known: Readonly<Record<string, LayerReader>>): void {
  Object.assign(readers, known);
}

/** @param own readers of the caller's own, which go before @throws UnknownNameError for a class that nothing reads */
export function readLayer({ className, config }: SavedLayer, own: Readonly<Record<string, LayerReader>> = {}): Layer {
  return lookUp<LayerReader>("layer class", className, { ...readers, ...own })(config);
}
