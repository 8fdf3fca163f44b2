import { ModelFileError, type JsonObject } from "rivulet";
import * as layersApi from "@tensorflow/tfjs-layers";
import { describe, expect, it } from "vitest";
import { artifactsOf, copyOf, expectRefused, foreign, loadFrom } from "../../support/model-files.ts";
import { smallModel } from "../../support/models.ts";

const metadata: JsonObject = { inputs: [{ column: "size", mean: 120.5, unit: "m²" }], scale: null };

async function fileWith(given: unknown) {
  using model = smallModel();
  model.metadata = given as JsonObject;
  return copyOf(await artifactsOf(model));
}

describe("a model's metadata", () => {
  it("comes back from its file, and goes into the next one", async () => {
    using again = await loadFrom(await fileWith(metadata));
    expect(again.metadata).toEqual(metadata);
    using third = await loadFrom(copyOf(await artifactsOf(again)));
    expect(third.metadata).toEqual(metadata);
  });

  it("is nothing where nobody has set it, or another program wrote the file", async () => {
    const file = await fileWith(undefined);
    using model = await loadFrom(file);
    expect(model.metadata).toBeUndefined();
    using other = await loadFrom(foreign(await fileWith(metadata)));
    expect(other.metadata).toBeUndefined();
  });

  it("is there for tfjs-layers", async () => {
    const file = await fileWith(metadata);
    const model = await layersApi.loadLayersModel({ load: async () => file });
    expect(model.getUserDefinedMetadata()).toMatchObject({ rivulet: { metadata } });
    model.dispose();
  });

  it("is saved as it was when save was called", async () => {
    using model = smallModel();
    const inputs = { size: { mean: 1 } };
    model.metadata = { inputs };
    const saving = artifactsOf(model);
    inputs.size.mean = 2;
    using again = await loadFrom(copyOf(await saving));
    expect(again.metadata).toEqual({ inputs: { size: { mean: 1 } } });
  });

  it("keeps a key that is called __proto__, which is a key like others", async () => {
    using again = await loadFrom(await fileWith(JSON.parse('{"__proto__":{"mean":3}}')));
    expect(Object.hasOwn(again.metadata ?? {}, "__proto__")).toBe(true);
    expect(JSON.stringify(again.metadata)).toBe('{"__proto__":{"mean":3}}');
  });

  it("is refused where it was altered", async () => {
    const { weightData, ...json } = await fileWith(metadata);
    const altered = JSON.parse(JSON.stringify(json).replace("120.5", "12.05")) as object;
    await expectRefused(
      loadFrom({ ...altered, weightData }),
      "Cannot load the IOHandler: what it says of the model was altered since it was saved.",
    );
  });

  it.each([
    [{ mean: NaN }, "its metadata.mean is nothing that JSON can hold. Say it in texts and finite numbers."],
    [{ scale: [() => 1] }, "its metadata.scale[0] is nothing that JSON can hold. Say it in texts and finite numbers."],
    [["size"], 'metadata must be an object, got ["size"].'],
  ])("is refused where no file can hold it: %o", async (given, message) => {
    const error: unknown = await fileWith(given).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelFileError);
    expect(String(error)).toBe(`ModelFileError: Cannot save to the IOHandler: ${message}`);
  });
});
