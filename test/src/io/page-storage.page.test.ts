import * as tf from "@tensorflow/tfjs-core";
import { Sequential } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it, vi } from "vitest";
import { expectRefused, predictionOf } from "../../support/model-files.ts";
import { curve, smallModel, weightsOf } from "../../support/models.ts";

const { x, y } = curve(8);
const options = { loss: "mse", batchSize: 4, verbose: 0 } as const;

describe.each(["localstorage://rivulet-test", "indexeddb://rivulet-test"])("%s", (url) => {
  it("keeps a model in the browser, and its training", async () => {
    using model = smallModel();
    using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    await model.fit(x, y, { ...options, optimizer });
    await model.save(url, { optimizer });
    using other = new SGD({ learningRate: 0.1, momentum: 0.9 });
    using again = await Sequential.load(url, { optimizer: other });
    expect(await predictionOf(again, x)).toEqual(await predictionOf(model, x));
    const whole = await model.fit(x, y, { ...options, optimizer });
    const resumed = await again.fit(x, y, { ...options, optimizer: other });
    expect(resumed.history).toEqual(whole.history);
    expect(await weightsOf(again)).toEqual(await weightsOf(model));
    await tf.io.removeModel(url);
  });

  it("says that there is no model", async () => {
    await expectRefused(Sequential.load(`${url}-gone`), `Cannot load ${url}-gone: `);
  });
});

it("says that a model in the browser's storage was altered", async () => {
  const url = "localstorage://rivulet-test";
  using model = smallModel();
  await model.save(url);
  const key = "tensorflowjs_models/rivulet-test/model_topology";
  localStorage.setItem(key, (localStorage.getItem(key) ?? "").replace("sigmoid", "tanh"));
  await expectRefused(
    Sequential.load(url),
    `Cannot load ${url}: what it says of the model was altered since it was saved.`,
  );
  await tf.io.removeModel(url);
});

it("says what a page has in place of files", async () => {
  using model = smallModel();
  const message =
    "a page has no files. Use indexeddb://name or localstorage://name to keep a model in the browser, downloads://name to hand it out, and the https:// URL of its model.json to open it.";
  await expect(model.save("file://model")).rejects.toThrow(`Cannot save to file://model: ${message}`);
  await expectRefused(Sequential.load("file://model"), `Cannot load file://model: ${message}`);
});

it("hands a model out as two files, which are opened again as a user's choice", async () => {
  const files: File[] = [];
  const blobs: Blob[] = [];
  const create = vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => `blob:${blobs.push(blob as Blob)}`);
  const click = vi.spyOn(HTMLAnchorElement.prototype, "dispatchEvent").mockImplementation(function take(
    this: HTMLAnchorElement,
  ) {
    files.push(new File([blobs[Number(this.href.slice(5)) - 1] as Blob], this.download));
    return true;
  });
  using model = smallModel();
  await model.save("downloads://mine");
  create.mockRestore();
  click.mockRestore();
  expect(files.map(({ name }) => name)).toEqual(["mine.json", "mine.weights.bin"]);
  using again = await Sequential.load(tf.io.browserFiles(files));
  expect(await weightsOf(again)).toEqual(await weightsOf(model));
});
