import type { Json } from "rivulet";
import { describe, expect, it } from "vitest";
import { readRegularizer, savedRegularizer } from "../../../layers/saved/regularizer.ts";
import { l1l2, strengthsOf } from "../../../src/regularizers.ts";

const read = (saved: Json | undefined) => readRegularizer("A saved Dense", "kernel_regularizer", saved);

describe("a regularizer in a file", () => {
  it("is read back", () => {
    const saved = savedRegularizer("Dense(1 → 1)", l1l2({ l2: 0.5 }));
    expect(saved).toEqual({ class_name: "L1L2", config: { l1: 0, l2: 0.5 } });
    const regularizer = read(saved);
    expect(regularizer && strengthsOf(regularizer)).toEqual({ l1: 0, l2: 0.5 });
    expect(savedRegularizer("Dense(1 → 1)", undefined)).toBeNull();
    expect(read(null)).toBeUndefined();
    expect(read(undefined)).toBeUndefined();
  });

  it.each([
    [
      { class_name: "L2", config: { l2: 0.25 } },
      { l1: 0, l2: 0.25 },
    ],
    [
      { module: "keras.regularizers", class_name: "L1", config: { l1: 0.5 }, registered_name: null },
      { l1: 0.5, l2: 0 },
    ],
  ] satisfies [Json, object][])("is read as Keras writes it: %j", (saved, strengths) => {
    const regularizer = read(saved);
    expect(regularizer && strengthsOf(regularizer)).toEqual(strengths);
  });

  it.each([
    // tfjs-layers takes 0.01 for what is not there, Keras 0.
    [
      { class_name: "L1L2", config: { l1: 0.5 } },
      "A saved Dense expects kernel_regularizer's l2 to be a number, got undefined.",
    ],
    [
      { class_name: "L2", config: { l2: "1" } },
      'A saved Dense expects kernel_regularizer\'s l2 to be a number, got "1".',
    ],
    [{ class_name: "L2", config: { l2: -1 } }, "l1l2 expects l2 to be a finite number, 0 or more, got -1."],
    [{ class_name: "L2", config: { l2: 1e300 } }, "l1l2 expects l2 to be a finite number, 0 or more, got 1e+300."],
    [
      { class_name: "__proto__", config: {} },
      'There is no regularizer "__proto__". Did you mean "L1"? Known: L1, L2, L1L2.',
    ],
    [{ class_name: "OrthogonalRegularizer", config: {} }, 'There is no regularizer "OrthogonalRegularizer".'],
    ["l2", 'A saved Dense expects kernel_regularizer to be null or { class_name, config }, got "l2".'],
  ] satisfies [Json, string][])("is refused where rivulet would compute other numbers: %j", (saved, message) => {
    expect(() => read(saved)).toThrow(message);
  });
});
