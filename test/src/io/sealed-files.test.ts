import type * as tf from "@tensorflow/tfjs-core";
import { Sequential } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { writeProvenance, type Provenance } from "../../../src/io/provenance.ts";
import { artifactsOf, copyOf, expectRefused, loadFrom } from "../../support/model-files.ts";
import { curve, smallModel, weightsOf } from "../../support/models.ts";

const start = "Cannot load the IOHandler: ";
const mend =
  "Take another copy, or save the model anew. Where it was altered on purpose, remove generatedBy and userDefinedMetadata from the file.";

async function trainedFile(): Promise<tf.io.ModelArtifacts> {
  using model = smallModel();
  using optimizer = new SGD({ momentum: 0.9 });
  const { x, y } = curve(4);
  await model.fit(x, y, { loss: "mse", optimizer, verbose: 0 });
  return copyOf(await artifactsOf(model, { optimizer }));
}

/** A text that stands in a file's JSON, replaced by another. */
function replaced(file: tf.io.ModelArtifacts, from: string, to: string): tf.io.ModelArtifacts {
  const { weightData, ...json } = file;
  const text = JSON.stringify(json);
  expect(text).toContain(from);
  return { ...(JSON.parse(text.replace(from, to)) as tf.io.ModelArtifacts), weightData: weightData as ArrayBuffer };
}

/** The same values under keys in the opposite order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== "object" || value === null || value instanceof ArrayBuffer) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, part]) => [key, reordered(part)]),
  );
}

describe("one of rivulet's files", () => {
  it("says in its weights' checksum that they were altered", async () => {
    const file = await trainedFile();
    const bytes = new Uint8Array(file.weightData as ArrayBuffer);
    bytes[3] = (bytes[3] as number) ^ 1;
    await expectRefused(loadFrom(file), `${start}its weights are not those that were saved. ${mend}`);
  });

  it.each([
    ["an activation", '"activation":"sigmoid"', '"activation":"tanh"'],
    ["the seed", '"seed":7', '"seed":8'],
    ["the count of steps", '"stepsTaken":1', '"stepsTaken":2'],
    ["a loss", '"loss":[', '"loss":[1,'],
    ["the optimizer's class", '"className":"SGD"', '"className":"Adam"'],
    ["the name of a weight", '"name":"dense_1/bias"', '"name":"a/dense_1/bias"'],
    ["what tfjs-layers is told", '"trainingConfig"', '"trainingKonfig"'],
    ["its checksum", '"model":"', '"model":"0'],
  ])("is refused where %s was altered", async (_, from, to) => {
    const file = replaced(await trainedFile(), from, to);
    await expectRefused(loadFrom(file), `${start}what it says of the model was altered since it was saved. ${mend}`);
  });

  it.each([
    ["userDefinedMetadata", "userDefinedMetadatb"],
    ['"rivulet":', '"rivulat":'],
  ])("is refused without its own metadata", async (from, to) => {
    const file = replaced(await trainedFile(), from, to);
    await expectRefused(
      loadFrom(file),
      `${start}userDefinedMetadata.rivulet must be an object, got undefined. ${mend}`,
    );
  });

  it("is the same with its keys in another order, and its weights in parts", async () => {
    const { weightData, ...json } = await trainedFile();
    const data = weightData as ArrayBuffer;
    using model = await loadFrom({ ...json, weightData: data });
    using other = await loadFrom({ ...(reordered(json) as object), weightData: [data.slice(0, 7), data.slice(7)] });
    expect(await weightsOf(other)).toEqual(await weightsOf(model));
    expect(other.stepsTaken).toBe(1);
  });

  it("keeps what others put into its metadata out of sight", async () => {
    const file = await trainedFile();
    file.userDefinedMetadata = { ...file.userDefinedMetadata, theirs: { note: "kept by tfjs-layers" } };
    using model = await loadFrom(file);
    expect(model.seed).toBe(7);
  });
});

describe("a file with a good checksum is refused with", () => {
  const history = (changes: object) => ({
    epoch: [0],
    history: { loss: [1] },
    params: { epochs: 1, batchSize: 4, steps: 1, samples: 4, validationSamples: 0, seed: 1, backend: "cpu" },
    ...changes,
  });
  const optimizer = { className: "SGD", config: {}, slots: {}, steps: [1, 1, 1, 1] };
  const where = "userDefinedMetadata.rivulet";
  it.each([
    [{ seed: 0.5 }, `${where}.seed must be a whole number, got 0.5.`],
    [{ stepsTaken: -1 }, `${where}.stepsTaken must be a whole number, got -1.`],
    [{ epochsTrained: "1" }, `${where}.epochsTrained must be a whole number, got "1".`],
    [{ history: 3 }, `${where}.history.epoch must be an array of whole numbers, got undefined.`],
    [{ history: history({ epoch: ["0"] }) }, `${where}.history.epoch must be an array of whole numbers, got ["0"].`],
    [{ history: history({ history: [] }) }, `${where}.history.history must be an object of arrays, got [].`],
    [
      { history: history({ history: { loss: ["a"] } }) },
      `${where}.history.history.loss must be an array of numbers, got ["a"].`,
    ],
    [
      { history: history({ params: null }) },
      `${where}.history.params must be an object with epochs, steps, samples, validationSamples, seed, got null.`,
    ],
    [
      { history: history({ findings: [{ kind: "standsStill" }] }) },
      `${where}.history.findings must be an array of objects with kind and message, got [{"kind":"standsStill"}].`,
    ],
    [{ metadata: [] }, `${where}.metadata must be an object, got [].`],
    [{ optimizer: { ...optimizer, className: 1 } }, `${where}.optimizer.className must be a text, got 1.`],
    [{ optimizer: { ...optimizer, config: null } }, `${where}.optimizer.config must be an object, got null.`],
    [
      { optimizer: { ...optimizer, slots: { a: 1 } } },
      `${where}.optimizer.slots must be an object of names, got {"a":1}.`,
    ],
    [
      { optimizer: { ...optimizer, steps: [-1] } },
      `${where}.optimizer.steps must be an array of whole numbers, got [-1].`,
    ],
    [
      { optimizer: { ...optimizer, steps: [1] } },
      "the optimizer's steps must be one count for each parameter, got [1].",
    ],
    [
      { optimizer: { ...optimizer, slots: { velocity: "momentum" } } },
      'it has no weight "dense_1/kernel/momentum" for its optimizer.',
    ],
  ])("%j", async (changes, message) => {
    using model = smallModel();
    const file = copyOf(await artifactsOf(model));
    const provenance = {
      seed: 1,
      stepsTaken: 0,
      epochsTrained: 0,
      history: undefined,
      optimizer: undefined,
      metadata: undefined,
      ...changes,
    };
    const metadata = writeProvenance(provenance as unknown as Provenance, file, file.weightData as ArrayBuffer);
    using given = new SGD();
    const load = loadFrom({ ...file, userDefinedMetadata: metadata }, { optimizer: given });
    await expectRefused(load, start + message);
  });

  it("a metric that is called __proto__, which is a metric like others", async () => {
    using model = smallModel();
    const { x, y } = curve(4);
    await model.fit(x, y, { loss: "mse", optimizer: new SGD(), verbose: 0 });
    Object.defineProperty(model.history?.history, "__proto__", { value: [3], enumerable: true });
    using again = await loadFrom(copyOf(await artifactsOf(model)));
    expect(Object.getOwnPropertyDescriptor(again.history?.history, "__proto__")?.value).toEqual([3]);
    expect(Object.getPrototypeOf(again.history?.history)).toBe(Object.prototype);
  });
});

it("says what it expects where it is given no location and no options that make sense", async () => {
  using model = smallModel();
  const given = (value: unknown) => value as never;
  await expect(model.save(given(undefined))).rejects.toThrow(
    `save expects a URL such as "file://model", or one of tfjs's IOHandlers, got undefined.`,
  );
  await expect(Sequential.load(given(3))).rejects.toThrow(
    `load expects a URL such as "file://model", or one of tfjs's IOHandlers, got 3.`,
  );
  await expect(model.save({ load: given(() => {}) })).rejects.toThrow(
    "Cannot save to the IOHandler: it has no method save, and can only load.",
  );
  await expect(Sequential.load({ save: given(() => {}) })).rejects.toThrow(
    "Cannot load the IOHandler: it has no method load, and can only save.",
  );
  await expect(model.save("nowhere://a")).rejects.toThrow(
    "Cannot save to nowhere://a: there is no IOHandler for it here. Known: file:// (in Node), localstorage://, indexeddb:// and downloads:// (in a page), http:// and https://.",
  );
  await expect(Sequential.load("model")).rejects.toThrow('A folder is "file://model".');
  await expect(model.save("file://a", given({ optimiser: 1 }))).rejects.toThrow(
    'save has no option "optimiser". Did you mean',
  );
  await expect(model.save("file://a", given({ optimizer: 1 }))).rejects.toThrow(
    "save expects optimizer to be an Optimizer",
  );
  await expect(Sequential.load("file://a", given({ layers: { Mine: 1 } }))).rejects.toThrow(
    'load expects layers to be an object of functions, each by its layer\'s class, got {"Mine":1}.',
  );
  const broken = {
    save: async () => Promise.reject(new Error("no room.")),
    load: async () => Promise.reject(new Error("gone")),
  };
  await expect(model.save(broken)).rejects.toThrow("Cannot save to the IOHandler: no room.");
  await expect(Sequential.load(broken)).rejects.toThrow("Cannot load the IOHandler: gone.");
});
