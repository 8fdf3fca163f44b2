import type { Json, JsonObject } from "../saved-layer.ts";
import type { ModelFile } from "./model-file.ts";

/** Whether a part of a file is an object, neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object's own entry: `"constructor"` is none of what it inherits. */
export function entryOf(object: unknown, key: string): Json | undefined {
  return isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Deeper than any model's file. What goes through a file calls itself once a level. */
const mostLevels = 64;

/**
 * Refuses what is nested too deeply for functions that call themselves once a level. Does not call itself.
 *
 * @throws ModelFileError
 */
export function expectShallow(file: ModelFile, value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostLevels) throw file.error(`its JSON is nested more than ${mostLevels} levels deep`);
    level = level.flatMap((part) => {
      const isBinary = part instanceof ArrayBuffer || ArrayBuffer.isView(part);
      return typeof part === "object" && part !== null && !isBinary ? Object.values(part) : [];
    });
  }
}

/**
 * The one text that stands for a value however its keys are ordered: what is stored by handlers comes back in another order.
 * Numbers are as JSON writes them, which loses none of their bits.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const entries = Object.keys(value)
    .toSorted()
    .filter((key) => value[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${entries.join(",")}}`;
}

/** The path to the first part of a value that JSON cannot hold, such as a function or NaN. Undefined where it holds all. */
export function unwritablePart(value: unknown, path: string): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : path;
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  const isPlain = Array.isArray(value) || (isObject(value) && Object.getPrototypeOf(value) === Object.prototype);
  if (!isPlain) return path;
  for (const [key, part] of Object.entries(value as object)) {
    const found = unwritablePart(part, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
