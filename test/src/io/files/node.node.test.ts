import { once } from "node:events";
import { mkdir, readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import { Sequential } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { disk } from "../../../../src/io/files/disk.ts";
import { temporaryFolder } from "../../../support/marked-folder.ts";
import { expectRefused, predictionOf } from "../../../support/model-files.ts";
import { curve, smallModel, weightsOf } from "../../../support/models.ts";
import { runWell } from "../../../support/run.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** A folder with a model of 1-4-1, its URL, and its model.json to be changed. */
async function savedModel() {
  const place = await temporaryFolder();
  const url = `file://${place.path}/model`;
  using model = smallModel();
  await model.save(url);
  const path = join(place.path, "model/model.json");
  const edit = async (change: (json: ModelJson) => unknown) => {
    const json = JSON.parse(await readFile(path, "utf8")) as ModelJson;
    const changed = change(json);
    await writeFile(path, typeof changed === "string" ? changed : JSON.stringify(json));
  };
  return { ...place, url, edit, weights: await weightsOf(model) };
}

interface ModelJson {
  weightsManifest: [{ paths: unknown; weights: unknown[] }];
}

describe("file:// in Node", () => {
  it("keeps a model in a folder, which is loaded by its name or its model.json's", async () => {
    await using saved = await savedModel();
    for (const url of [saved.url, `${saved.url}/`, `${saved.url}/model.json`]) {
      using model = await Sequential.load(url);
      expect(await weightsOf(model)).toEqual(saved.weights);
    }
  });

  it("is tfjs's layers-model, its weights as little-endian numbers in the manifest's order", async () => {
    await using place = await temporaryFolder();
    using model = new Sequential([new Dense({ units: 2, kernelInitializer: [[1, 2]], biasInitializer: [3, 4] })], {
      inputShape: [1],
      seed: 9,
    });
    const result = await model.save(`file://${place.path}`);
    expect(result.modelArtifactsInfo.weightDataBytes).toBe(16);
    const json = JSON.parse(await readFile(join(place.path, "model.json"), "utf8")) as ModelJson;
    const [weightsName] = json.weightsManifest[0].paths as [string];
    expect(json).toMatchObject({
      format: "layers-model",
      generatedBy: "rivulet 0.1.0",
      convertedBy: null,
      modelTopology: {
        class_name: "Sequential",
        config: {
          name: "sequential",
          layers: [
            {
              class_name: "Dense",
              config: { name: "dense_1", units: 2, batch_input_shape: [null, 1], dtype: "float32", use_bias: true },
            },
          ],
        },
      },
      weightsManifest: [
        {
          paths: [weightsName],
          weights: [
            { name: "dense_1/kernel", shape: [1, 2], dtype: "float32" },
            { name: "dense_1/bias", shape: [2], dtype: "float32" },
          ],
        },
      ],
      userDefinedMetadata: { rivulet: { version: "0.1.0", seed: 9, stepsTaken: 0, epochsTrained: 0 } },
    });
    const bytes = await readFile(join(place.path, weightsName));
    expect([0, 4, 8, 12].map((start) => bytes.readFloatLE(start))).toEqual([1, 2, 3, 4]);
  });

  it("takes the place of the model that is there, and of tfjs-node's handler", async () => {
    await using place = await temporaryFolder();
    const url = `file://${place.path}/model`;
    // What tfjs-node registers: it would take both, and be asked first.
    const claim = vi.fn<() => tf.io.IOHandler>(() => ({ save: async () => Promise.reject(new Error("taken over")) }));
    const router = (location: string | string[]) => (location === url ? claim() : (null as unknown as tf.io.IOHandler));
    tf.io.registerSaveRouter(router);
    tf.io.registerLoadRouter(router);
    for (const seed of [1, 2]) {
      using model = smallModel(seed);
      await model.save(url);
      using again = await Sequential.load(url);
      expect(again.seed).toBe(seed);
      expect(await predictionOf(again, [[0.5]])).toEqual(await predictionOf(model, [[0.5]]));
    }
    expect(claim).not.toHaveBeenCalled();
    expect((await place.list()).length).toBe(3);
  });

  it("decodes a URL as pathToFileURL writes it, text or object, and takes any other as it stands", async () => {
    await using place = await temporaryFolder();
    using model = smallModel();
    const url = pathToFileURL(join(place.path, "my modèl 100%?"));
    const names: readonly (readonly [string | URL, string])[] = [
      [url, "my modèl 100%?"],
      [pathToFileURL(join(place.path, "text%20 #1")).href, "text%20 #1"],
      [`file://${place.path}/a b%20c`, "a b%20c"],
      [`file://${place.path}/100%`, "100%"],
      [`file://${place.path}/a%20b?`, "a%20b?"],
    ];
    for (const [location, name] of names) {
      await model.save(location);
      expect(await place.list()).toContain(`${name}/model.json`);
      using again = await Sequential.load(location);
      expect(await weightsOf(again)).toEqual(await weightsOf(model));
    }
    await expect(Sequential.load(new URL("nowhere", url))).rejects.toThrow(
      `Cannot load ${pathToFileURL(place.path).href}/nowhere: there is no model.json.`,
    );
  });

  it("starts from the folder of the process", async () => {
    await using place = await temporaryFolder();
    vi.spyOn(process, "cwd").mockReturnValue(place.path);
    using model = smallModel();
    await model.save("file://here/model");
    expect(await place.list()).toContain("here/model/model.json");
  });
});

describe("file:// refuses to save", () => {
  it.each([
    ["file://", 'it names no folder. Name one: "file://model".'],
    [
      "file:///tmp/a/model.json",
      'it is the path of a file. A model is a folder with several files: name that one, "file:///tmp/a/".',
    ],
    [
      "file://model.json",
      'it is the path of a file. A model is a folder with several files: name that one, "file://model".',
    ],
    ["file:///dev/null", "it is a file, not a folder: choose another path."],
    ["file:///dev/null/model", "a part of its path is a file, not a folder. Check the path."],
    [`file:///tmp/${"a".repeat(300)}`, "its name is too long. Choose a shorter one."],
    ["file:///tmp/a\0b", ""],
  ])("to %s", async (url, message) => {
    using model = smallModel();
    await expect(model.save(url)).rejects.toThrow(`Cannot save to ${url}: ${message}`);
  });

  it.each([
    ["ENOSPC", "the disk is full. Free some space, or choose another disk."],
    ["EDQUOT", "the disk quota is used up. Free some space, or choose another disk."],
    ["EACCES", "this user has no right to it. Choose another folder, or change its rights."],
    ["EROFS", "the disk is read-only. Choose another one."],
  ])("where the disk says %s, and leaves nothing behind", async (code, message) => {
    await using saved = await savedModel();
    const before = await saved.list();
    vi.spyOn(disk, "write").mockRejectedValue(Object.assign(new Error(code), { code }));
    using model = smallModel(8);
    for (const url of [saved.url, `file://${saved.path}/another`]) {
      await expect(model.save(url)).rejects.toThrow(`Cannot save to ${url}: ${message}`);
    }
    expect(await saved.list()).toEqual(before);
    using again = await Sequential.load(saved.url);
    expect(again.seed).toBe(7);
  });

  it("a history beyond all measure", async () => {
    await using place = await temporaryFolder();
    using model = smallModel();
    const { x, y } = curve(4);
    await model.fit(x, y, { loss: "mse", optimizer: new SGD(), verbose: 0 });
    Object.assign(model.history?.history ?? {}, { ["x".repeat(2.3e7)]: [1] });
    const url = `file://${place.path}/model`;
    await expect(model.save(url)).rejects.toThrow(
      `Cannot save to ${url}: its model.json would be too long to be read again. Its history may be that long: set model.history to undefined.`,
    );
    expect(await place.list()).toEqual([]);
  });

  it("a layer that cannot be saved before it touches the folder", async () => {
    await using place = await temporaryFolder();
    using model = new Sequential([new Dense({ units: 1, activation: (z) => tf.square(z) })], { inputShape: [1] });
    await expect(model.save(`file://${place.path}/model`)).rejects.toThrow("cannot be saved");
    expect(await place.list()).toEqual([]);
  });
});

describe("file:// refuses to load", () => {
  it("what is not there", async () => {
    await using place = await temporaryFolder();
    const mend = "Check the path, which starts from the folder that Node was started in.";
    for (const url of [`file://${place.path}`, `file://${place.path}/none`, `file://${place.path}/none/model.json`]) {
      await expectRefused(Sequential.load(url), `Cannot load ${url}: there is no model.json. ${mend}`);
    }
  });

  it.each([
    [
      "an empty file",
      () => "",
      "its model.json is no JSON. It was cut off or altered: save the model anew, or take another copy.",
    ],
    ["half a file", () => '{"modelTopology":{', "its model.json is no JSON."],
    ["another value", () => "3", "weightsManifest must be an array, got undefined."],
    ["an abyss", () => "[".repeat(1e6) + "]".repeat(1e6), "its JSON is nested more than 64 levels deep."],
    ["no manifest", () => "{}", "weightsManifest must be an array, got undefined."],
    [
      "a group that is none",
      () => '{"weightsManifest":[3]}',
      "weightsManifest[0].paths must be an array of paths, got undefined.",
    ],
    [
      "a group without weights",
      () => '{"weightsManifest":[{"paths":[]}]}',
      "weightsManifest[0].weights must be an array, got undefined.",
    ],
    ...(
      [
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b",
        "..",
        "a/..",
        "C:\\weights.bin",
        "a\\..\\..\\b",
        "\\\\host\\share",
        "https://example.org/weights.bin",
        "file:///etc/passwd",
        "weights.bin\0.png",
        "",
        3,
        null,
      ] as const
    ).map(
      (path) =>
        [
          `the path ${JSON.stringify(path)}`,
          () => JSON.stringify({ weightsManifest: [{ paths: [path], weights: [] }] }),
          "weightsManifest[0].paths must be paths within the model's folder, got",
        ] as const,
    ),
  ] satisfies (readonly [string, () => string, string])[])("%s", async (_, text, message) => {
    await using saved = await savedModel();
    await saved.edit(text);
    await expectRefused(Sequential.load(saved.url), `Cannot load ${saved.url}: ${message}`);
  });

  it("text that is no UTF-8, and a model.json beyond all measure, which is not read", async () => {
    await using saved = await savedModel();
    const path = join(saved.path, "model/model.json");
    await writeFile(path, Uint8Array.of(0x7b, 0xff, 0x7d));
    await expectRefused(Sequential.load(saved.url), `Cannot load ${saved.url}: ${path} is no text in UTF-8.`);
    // Sparse: it takes no room.
    await truncate(path, 2 ** 31);
    await expectRefused(
      Sequential.load(saved.url),
      `Cannot load ${saved.url}: ${path} holds 2147483648 bytes, more than the 67108864 of any model.json.`,
    );
  });

  it("weights that are not there, are no file, or have another size, before they are read", async () => {
    await using saved = await savedModel();
    const load = async () => Sequential.load(saved.url);
    const start = `Cannot load ${saved.url}: `;
    await saved.edit((json) => Object.assign(json.weightsManifest[0], { paths: ["gone.bin"] }));
    const copyAll = "Copy all of a model's files, not only its model.json.";
    await expectRefused(load(), `${start}its weights "gone.bin" are not beside its model.json. ${copyAll}`);
    await mkdir(join(saved.path, "model/folder"));
    await runWell("mkfifo", [join(saved.path, "model/pipe")]);
    await symlink("/dev/zero", join(saved.path, "model/device"));
    for (const name of ["folder", "pipe", "device"]) {
      await saved.edit((json) => Object.assign(json.weightsManifest[0], { paths: [name] }));
      await expectRefused(load(), `${start}${saved.path}/model/${name} is not a file.`);
    }
    await writeFile(join(saved.path, "model/huge.bin"), "");
    await truncate(join(saved.path, "model/huge.bin"), 2 ** 40);
    await saved.edit((json) => Object.assign(json.weightsManifest[0], { paths: ["huge.bin"] }));
    await expectRefused(load(), `${start}the weights hold 1099511627776 bytes, but by their manifest it is 52.`);
    await saved.edit((json) => Object.assign(json.weightsManifest[0], { paths: ["weights.bin", "weights.bin"] }));
    await expectRefused(load(), `${start}the weights hold 104 bytes, but by their manifest it is 52.`);
    await saved.edit((json) => Object.assign(json.weightsManifest[0], { paths: ["weights.bin"] }));
    await truncate(join(saved.path, "model/weights.bin"), 51);
    await expectRefused(load(), `${start}weight "dense_2/bias" of shape [1] takes 4 bytes, but only 3 are left.`);
  });

  it("one altered bit in its weights", async () => {
    await using saved = await savedModel();
    const path = join(saved.path, "model/weights.bin");
    const bytes = await readFile(path);
    bytes[20] = (bytes[20] as number) ^ 1;
    await writeFile(path, bytes);
    await expectRefused(
      Sequential.load(saved.url),
      `Cannot load ${saved.url}: its weights are not those that were saved.`,
    );
  });

  it("but not weights in several files, and in folders below", async () => {
    await using saved = await savedModel();
    const bytes = await readFile(join(saved.path, "model/weights.bin"));
    await mkdir(join(saved.path, "model/parts"));
    await writeFile(join(saved.path, "model/parts/1"), bytes.subarray(0, 10));
    await writeFile(join(saved.path, "model/parts/2..bin"), bytes.subarray(10));
    await saved.edit((json) => Object.assign(json.weightsManifest[0], { paths: ["parts/1", "./parts/2..bin"] }));
    using model = await Sequential.load(saved.url);
    expect(await weightsOf(model)).toEqual(saved.weights);
  });
});

it("loads over http, and says what the server said", async () => {
  await using saved = await savedModel();
  const server = createServer((request, response) => {
    readFile(join(saved.path, request.url ?? "")).then(
      (content) => response.end(content),
      () => response.writeHead(404).end(),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model/model.json`;
  using model = await Sequential.load(url);
  expect(await weightsOf(model)).toEqual(saved.weights);
  const gone = url.replace("model.json", "gone.json");
  await expectRefused(Sequential.load(gone), `Cannot load ${gone}: Request to ${gone} failed with status code 404.`);
  server.close();
  server.closeAllConnections();
});

it("tells of URLs that want a page", async () => {
  using model = smallModel();
  for (const url of ["localstorage://a", "indexeddb://a", "downloads://a"]) {
    await expect(model.save(url)).rejects.toThrow(
      `Cannot save to ${url}: there is no IOHandler for it here. Known: file://`,
    );
  }
});

it("goes on training from a folder in which the model was saved twice", async () => {
  await using place = await temporaryFolder();
  const url = `file://${place.path}/model`;
  const { x, y } = curve(12);
  const options = { loss: "mse", batchSize: 4, verbose: 0 } as const;
  using model = smallModel();
  using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
  for (let fits = 0; fits < 2; fits++) {
    await model.fit(x, y, { ...options, optimizer });
    await model.save(url, { optimizer });
  }
  using other = new SGD({ learningRate: 0.1, momentum: 0.9 });
  using again = await Sequential.load(url, { optimizer: other });
  const whole = await model.fit(x, y, { ...options, optimizer });
  const resumed = await again.fit(x, y, { ...options, optimizer: other });
  expect(resumed.history).toEqual(whole.history);
});
