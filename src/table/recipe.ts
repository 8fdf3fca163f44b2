import type { Json, Sequential } from "rivulet";
import { DataError } from "../errors.ts";
import { entryOf, isObject } from "../io/json.ts";
import type { TargetScale } from "./encode.ts";
import type { Feature } from "./feature.ts";
import type { PreparedTable } from "./prepare.ts";

/**
 * What it takes to predict other rows with a model: its inputs, in order, and what its outputs mean. It is the saved model's
 * metadata.
 *
 *     a regression:       target = mean + deviation · output
 *     a classification:   the output for each class is a logit; the largest is the class predicted
 */
export type Recipe = {
  readonly inputs: readonly Feature[];
  readonly target: { readonly column: string } & (TargetScale | { readonly classes: readonly string[] });
};

/** What a table's model is to carry. */
export function recipeOf({ features, targetName: column, task, scale }: PreparedTable): Recipe {
  const target = task.kind === "regression" ? { column, ...scale } : { column, classes: task.classes };
  return { inputs: features, target };
}

/**
 * The recipe that a model from a file carries, which may be anybody's.
 *
 * @param name what messages call the model
 * @throws DataError where it carries none, or one that is not the model's
 */
export function readRecipe(name: string, { metadata, inputShape, outputShape }: Sequential): Recipe {
  const [inputs, target] = [entryOf(metadata, "inputs"), entryOf(metadata, "target")];
  const isRecipe = Array.isArray(inputs) && inputs.every(isFeature) && isTarget(target);
  const outputs = isTarget(target) && "classes" in target ? target.classes.length : 1;
  const fits = (shape: readonly number[], size: number) => shape.length === 1 && shape[0] === size;
  if (isRecipe && fits(inputShape, inputs.length) && fits(outputShape, outputs)) return { inputs, target };
  throw new DataError(
    `${name} holds a model, but none that rivulet train has saved: it does not say what its inputs are.`,
  );
}

function isTarget(value: Json | undefined): value is Recipe["target"] {
  if (typeof entryOf(value, "column") !== "string") return false;
  const classes = entryOf(value, "classes");
  if (classes === undefined) return isScale(value);
  return Array.isArray(classes) && classes.every((name) => typeof name === "string");
}

function isFeature(value: Json): value is Feature {
  if (!isObject(value) || typeof entryOf(value, "column") !== "string") return false;
  const [kind, category, period, wave] = ["kind", "category", "period", "wave"].map((key) => entryOf(value, key));
  if (kind === "value" || kind === "day") return isScale(value);
  if (kind === "truth") return isNumber(entryOf(value, "mean"));
  if (kind === "category") return category === null || typeof category === "string";
  const isPhase = kind === "phase" && (period === "year" || period === "day") && (wave === "sine" || wave === "cosine");
  return isPhase && isNumber(entryOf(value, "mean"));
}

function isScale(value: Json | undefined): boolean {
  const deviation = entryOf(value, "deviation");
  return isNumber(entryOf(value, "mean")) && isNumber(deviation) && deviation > 0;
}

/** A text such as `1e999` in a file's JSON is infinite. */
function isNumber(value: Json | undefined): value is number {
  return Number.isFinite(value);
}
