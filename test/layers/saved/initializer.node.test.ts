import { initializers, type InitializerLike, type Json } from "rivulet";
import { describe, expect, it } from "vitest";
import { readInitializer, savedInitializer } from "../../../layers/saved/initializer.ts";

const names = Object.keys(initializers) as (keyof typeof initializers)[];

describe("an initializer in a file", () => {
  it.each(names)("is read back: %s", (name) => {
    expect(readInitializer("A saved Dense", "kernel_initializer", savedInitializer(name))).toBe(name);
    expect(savedInitializer(initializers[name])).toEqual(savedInitializer(name));
  });

  it.each([
    [
      { class_name: "VarianceScaling", config: { scale: 1, mode: "fan_avg", distribution: "uniform", seed: 3 } },
      "glorotUniform",
    ],
    [
      { class_name: "VarianceScaling", config: { scale: 2, mode: "fan_in", distribution: "normal", seed: null } },
      "heNormal",
    ],
    [
      { module: "keras.initializers", class_name: "LecunNormal", config: { seed: null }, registered_name: null },
      "leCunNormal",
    ],
    // Those that rivulet does not have: the weights in the file take their place.
    [{ class_name: "VarianceScaling", config: { scale: 3, mode: "fan_out", distribution: "normal" } }, "zeros"],
    [{ class_name: "RandomUniform", config: { minval: -1, maxval: 1 } }, "zeros"],
    [{ class_name: "Orthogonal", config: { gain: 1 } }, "zeros"],
    ["orthogonal", "zeros"],
    [undefined, "zeros"],
  ] satisfies [Json | undefined, string][])("is read as others write it: %j", (written, name) => {
    expect(readInitializer("A saved Dense", "kernel_initializer", written)).toBe(name);
  });

  it.each([[[[1, 2]]], [() => new Float32Array(1)]] satisfies [InitializerLike][])(
    "is zeros where it is values, or a function: the weights follow",
    (initializer) => {
      expect(savedInitializer(initializer)).toEqual({ class_name: "Zeros", config: {} });
    },
  );

  it.each([[3], [{ class_name: "Zeros" }], [{ class_name: null, config: {} }], [["Zeros"]], [true]] satisfies [Json][])(
    "is refused where it is none: %j",
    (written) => {
      expect(() => readInitializer("A saved Dense", "kernel_initializer", written)).toThrow(
        `A saved Dense expects kernel_initializer to be a name, or { class_name, config }, got ${JSON.stringify(written)}.`,
      );
    },
  );
});
