import type * as tf from "@tensorflow/tfjs-core";
import { SGD } from "rivulet/optimizers";
import { describe, it } from "vitest";
import { artifactsOf, copyOf, expectRefused, foreign, loadFrom } from "../../support/model-files.ts";
import { curve, smallModel } from "../../support/models.ts";

const start = "Cannot load the IOHandler: ";
const mend = "The file was cut off or altered: save the model anew, or take another copy.";

/** A file of 1-4-1: 13 numbers in 52 bytes, and 13 more of the optimizer's after a count of steps. */
async function fileWithOptimizer(): Promise<tf.io.ModelArtifacts> {
  using model = smallModel();
  using optimizer = new SGD({ momentum: 0.9 });
  const { x, y } = curve(4);
  await model.fit(x, y, { loss: "mse", optimizer, verbose: 0 });
  return copyOf(await artifactsOf(model, { optimizer }));
}

/** The same as another program's, without the optimizer. */
async function plainFile(): Promise<tf.io.ModelArtifacts> {
  using model = smallModel();
  return foreign(await artifactsOf(model));
}

describe("a manifest that makes no sense is refused:", () => {
  it.each([
    [
      0,
      { shape: [1e9] },
      `weight "dense_1/kernel" of shape [1000000000] takes 4000000000 bytes, but only 52 are left.`,
    ],
    [3, { shape: [2] }, `weight "dense_2/bias" of shape [2] takes 8 bytes, but only 4 are left.`],
    [3, { shape: [] }, `weight "dense_2/bias" must be of shape [1], got [].`],
    [
      0,
      { shape: [1e9, 1e9, 1e9] },
      'weight "dense_1/kernel" of shape [1000000000, 1000000000, 1000000000] takes 4e+27',
    ],
    [
      0,
      { shape: [-1, -4] },
      `the shape of weight "dense_1/kernel" must be at most 6 whole numbers above 0, got [-1,-4].`,
    ],
    [0, { shape: [0] }, `the shape of weight "dense_1/kernel" must be at most 6 whole numbers above 0, got [0].`],
    [0, { shape: [null] }, `the shape of weight "dense_1/kernel" must be at most 6 whole numbers above 0, got [null].`],
    [0, { shape: "4" }, `the shape of weight "dense_1/kernel" must be at most 6 whole numbers above 0, got "4".`],
    [
      0,
      { shape: Array(1e6).fill(1) },
      `the shape of weight "dense_1/kernel" must be at most 6 whole numbers above 0, got`,
    ],
    [0, { shape: [4, 1] }, `weight "dense_1/kernel" must be of shape [1, 4], got [4, 1].`],
    [0, { dtype: "string" }, `the dtype of weight "dense_1/kernel" must be "float32", got "string".`],
    [0, { dtype: "int32" }, `the dtype of weight "dense_1/kernel" must be "float32", got "int32".`],
    [0, { dtype: "constructor" }, `the dtype of weight "dense_1/kernel" must be "float32", got "constructor".`],
    [
      0,
      { group: "__proto__" },
      `the group of weight "dense_1/kernel" must be "model" or "optimizer", got "__proto__".`,
    ],
    [0, { name: 3 }, "the name of weight 0 must be a text, got 3."],
    [1, { name: "dense_1/kernel" }, 'weight "dense_1/kernel" stands twice in the manifest.'],
    [
      1,
      { name: "__proto__" },
      'it has no weight "dense_1/bias". Weights are named after their layers: <layer>/kernel.',
    ],
    [1, { name: "other/dense_1/kernel" }, 'it has no weight "dense_1/bias".'],
    [1, { group: "optimizer" }, 'it has no weight "dense_1/bias".'],
    [
      0,
      { quantization: 8 },
      `the quantization of weight "dense_1/kernel" must be to uint8, uint16 or float16, got undefined.`,
    ],
    [
      0,
      { quantization: { dtype: "uint8", scale: "1", min: 0 } },
      `the quantization of weight "dense_1/kernel" must be with a finite scale and min, got {"dtype":"uint8","scale":"1","min":0}.`,
    ],
    [
      0,
      { quantization: { dtype: "uint8", scale: 1, min: 0 } },
      `the weights hold 52 bytes, but by their manifest it is 40. ${mend}`,
    ],
  ])("weight %i with %o", async (index, change, message) => {
    const file = await plainFile();
    Object.assign(file.weightSpecs?.[index] ?? {}, change);
    await expectRefused(loadFrom(file), start + message);
  });

  it("no array", async () => {
    const file = { ...(await plainFile()), weightSpecs: {} };
    await expectRefused(loadFrom(file), `${start}the weights' manifest must be an array, got {}.`);
  });

  it("a weight too few, and one too many", async () => {
    const { weightSpecs = [], weightData, ...rest } = await plainFile();
    const data = weightData as ArrayBuffer;
    const fewer = { ...rest, weightSpecs: weightSpecs.slice(0, 3), weightData: data.slice(0, 48) };
    await expectRefused(loadFrom(fewer), `${start}it has no weight "dense_2/bias".`);
    const extra = { name: "dense_3/bias", shape: [1], dtype: "float32" as const };
    const more = { ...rest, weightSpecs: [...weightSpecs, extra], weightData: [data, new ArrayBuffer(4)] };
    await expectRefused(loadFrom(more), `${start}no layer has a place for its weight "dense_3/bias".`);
  });

  it("two weights for one place", async () => {
    const { weightSpecs = [], weightData, ...rest } = await plainFile();
    const [kernel, ...others] = weightSpecs as [tf.io.WeightsManifestEntry, ...tf.io.WeightsManifestEntry[]];
    const twice = ["a", "b"].map((prefix) => ({ ...kernel, name: `${prefix}/${kernel.name}` }));
    const file = {
      ...rest,
      weightSpecs: [...twice, ...others],
      weightData: [new ArrayBuffer(16), weightData as ArrayBuffer],
    };
    await expectRefused(loadFrom(file), `${start}"a/dense_1/kernel" and "b/dense_1/kernel" are both "dense_1/kernel".`);
  });
});

describe("weights that are not what the manifest says are refused:", () => {
  it.each([
    [51, `weight "dense_2/bias" of shape [1] takes 4 bytes, but only 3 are left.`],
    [0, `weight "dense_1/kernel" of shape [1, 4] takes 16 bytes, but only 0 are left.`],
    [56, `the weights hold 56 bytes, but by their manifest it is 52. ${mend}`],
  ])("%i bytes", async (size, message) => {
    const file = await plainFile();
    const weightData = new Uint8Array(size);
    weightData.set(new Uint8Array(file.weightData as ArrayBuffer).subarray(0, size));
    await expectRefused(loadFrom({ ...file, weightData: weightData.buffer }), start + message);
  });

  it("a NaN", async () => {
    const file = await plainFile();
    new Float32Array(file.weightData as ArrayBuffer)[5] = NaN;
    await expectRefused(
      loadFrom(file),
      `${start}weight "dense_1/bias" holds NaN at its number 1. The model diverged before it was saved: take an earlier one.`,
    );
  });
});

describe("an optimizer that does not fit is refused:", () => {
  it.each([
    [
      "no count",
      4,
      { name: "a", dtype: "float32" },
      'the optimizer\'s first weight must be a count of steps, int32 without axes, got "a".',
    ],
    ["a weight too few", 8, { group: "model" }, 'no layer has a place for its weight "dense_2/bias/momentum".'],
    ["another shape", 5, { shape: [4, 1] }, 'weight "dense_1/kernel/momentum" must be of shape [1, 4], got [4, 1].'],
    ["whole numbers", 5, { dtype: "int32" }, 'the weights of the optimizer "Momentum" must be 4 besides its count'],
  ])("%s", async (_, index, change, message) => {
    const file = foreign(await fileWithOptimizer());
    Object.assign(file.weightSpecs?.[index] ?? {}, change);
    using optimizer = new SGD({ momentum: 0.9 });
    await expectRefused(loadFrom(file, { optimizer }), start + message);
  });

  it("a count below 0", async () => {
    const file = foreign(await fileWithOptimizer());
    new Int32Array(file.weightData as ArrayBuffer)[13] = -1;
    using optimizer = new SGD({ momentum: 0.9 });
    await expectRefused(
      loadFrom(file, { optimizer }),
      `${start}the optimizer's count of steps must be 0 or more, got -1.`,
    );
  });
});
