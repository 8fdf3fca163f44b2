import { Sequential, type JsonObject } from "rivulet";
import { Dense } from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { readRecipe } from "../../../src/table/recipe.ts";

const inputs = [
  { column: "size", kind: "value", mean: 2, deviation: 4 },
  { column: "kind", kind: "category", category: null },
];
const target = { column: "price", mean: 5, deviation: 2 };

/** A model of two inputs, with that metadata. */
function modelWith(metadata: JsonObject | undefined, units = 1): Sequential {
  const model = new Sequential([new Dense({ units })], { inputShape: [2] });
  model.metadata = metadata;
  return model;
}

describe("readRecipe", () => {
  it.each([
    [target, 1],
    [{ column: "price", classes: ["low", "high", "none"] }, 3],
  ])("takes a recipe that fits the model: %o", (given, units) => {
    using model = modelWith({ inputs, target: given }, units);
    expect(readRecipe("folder", model)).toEqual({ inputs, target: given });
  });

  it.each<[JsonObject | undefined]>([
    [undefined],
    [{ inputs }],
    [{ inputs: inputs.slice(1), target }],
    [{ inputs, target: { column: "price", classes: ["low", "high"] } }],
    [{ inputs, target: { column: "price", classes: [1] } }],
    [{ inputs, target: { ...target, deviation: 0 } }],
    [{ inputs, target: { ...target, mean: "5" } }],
    [{ inputs: [inputs[0] ?? null, { column: "kind", kind: "category" }], target }],
    [{ inputs: [inputs[0] ?? null, { column: 1, kind: "truth", mean: 0 }], target }],
    [{ inputs: [inputs[0] ?? null, { column: "a", kind: "constructor", mean: 0 }], target }],
    [{ inputs: [inputs[0] ?? null, { column: "a", kind: "phase", period: "week", wave: "sine", mean: 0 }], target }],
    [{ inputs: [inputs[0] ?? null, { column: "a", kind: "value", mean: Infinity, deviation: 1 }], target }],
  ])("refuses a model that carries no recipe of its own: %o", (metadata) => {
    using model = modelWith(metadata);
    expect(() => readRecipe("folder", model)).toThrow(
      "folder holds a model, but none that rivulet train has saved: it does not say what its inputs are.",
    );
  });
});
