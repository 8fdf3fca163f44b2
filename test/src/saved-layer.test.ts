import { UnknownNameError } from "rivulet";
import { Dense, Dropout } from "rivulet/layers";
import { savedLayers } from "../../layers/saved.ts";
import { knowLayers, readLayer } from "../../src/saved-layer.ts";
import { describe, expect, it } from "vitest";

describe("readLayer", () => {
  knowLayers(savedLayers);

  it("makes a layer again from what it told a file", () => {
    const layer = readLayer(new Dense({ units: 3, activation: "tanh" }).toSaved());
    expect(layer).toBeInstanceOf(Dense);
    expect(layer).toMatchObject({ units: 3 });
  });

  it("prefers the caller's own readers", () => {
    const read = () => new Dropout({ rate: 0.5 });
    expect(readLayer({ className: "Dense", config: { units: 3 } }, { Dense: read })).toBeInstanceOf(Dropout);
  });

  it.each(["__proto__", "constructor", "toString", "Denss"])("refuses the class %s", (className) => {
    const read = () => readLayer({ className, config: {} });
    expect(read).toThrow(UnknownNameError);
    expect(read).toThrow(`There is no layer class ${JSON.stringify(className)}. Did you mean "`);
  });
});
