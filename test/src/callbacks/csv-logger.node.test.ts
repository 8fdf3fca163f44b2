import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Papa from "papaparse";
import { AbortError, CSVLogger, HyperparameterError, type Callback, type FitOptions } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/marked-folder.ts";
import { curve, smallModel, weightsOf } from "../../support/models.ts";

const { x, y } = curve(6);

const options = (callbacks: Callback[], more: Partial<FitOptions> = {}) =>
  ({
    loss: "meanSquaredError",
    batchSize: 3,
    verbose: 0,
    optimizer: new SGD({ learningRate: 0.1 }),
    callbacks,
    ...more,
  }) as const;

/** The columns of a file, as another program reads them. */
async function columnsOf(path: string): Promise<Record<string, number[]>> {
  const { data, errors, meta } = Papa.parse<Record<string, number>>(await readFile(path, "utf8"), {
    header: true,
    dynamicTyping: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  return Object.fromEntries((meta.fields ?? []).map((name) => [name, data.map((row) => row[name] ?? NaN)]));
}

describe("CSVLogger in a file", () => {
  it("holds each epoch as soon as it has ended, and no more than this run", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "training.csv");
    await writeFile(path, "of an older run\n");
    using model = smallModel();
    const seen: string[] = [];
    const look = { onEpochBegin: async () => seen.push(await readFile(path, "utf8")) };
    const { history } = await model.fit(x, y, options([new CSVLogger(path), look], { epochs: 3 }));
    const [first, second, third] = history["loss"] ?? [];
    expect(seen).toEqual(["epoch,loss\n", `epoch,loss\n0,${first}\n`, `epoch,loss\n0,${first}\n1,${second}\n`]);
    expect(await columnsOf(path)).toEqual({ epoch: [0, 1, 2], loss: [first, second, third] });
  });

  it("goes on after an abort, without a second header", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "training.csv");
    using model = smallModel();
    const controller = new AbortController();
    const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    const logger = new CSVLogger(path, { append: true });
    const abort = { onEpochBegin: (epoch: number) => epoch === 2 && controller.abort() };
    const aborted = model.fit(x, y, options([logger, abort], { epochs: 5, optimizer, signal: controller.signal }));
    const error = await aborted.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AbortError);
    const { history: before } = (error as AbortError).history;
    const { history: after } = await model.fit(x, y, options([logger], { epochs: 3, optimizer }));
    const losses = [...(before["loss"] ?? []), ...(after["loss"] ?? [])];
    expect(await columnsOf(path)).toEqual({ epoch: [0, 1, 0, 1, 2], loss: losses });
    using twin = smallModel();
    const whole = await twin.fit(
      x,
      y,
      options([], { epochs: 5, optimizer: new SGD({ learningRate: 0.1, momentum: 0.9 }) }),
    );
    expect(losses).toEqual(whole.history["loss"]);
  });

  it.each([
    ["an empty file", "", "epoch,loss\n0,"],
    ["a file that Keras or Windows wrote", "\uFEFFepoch,loss\r\n0,1\r\n", "\uFEFFepoch,loss\r\n0,1\r\n0,"],
    ["a line that was cut off", "epoch,loss\n0,1\n1,0.", "epoch,loss\n0,1\n1,0.\n0,"],
    ["a header that was cut off at its end", "epoch,loss", "epoch,loss\n0,"],
  ])("appends to %s", async (_, content, start) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "training.csv");
    await writeFile(path, content);
    using model = smallModel();
    const { history } = await model.fit(x, y, options([new CSVLogger(path, { append: true })]));
    expect(await readFile(path, "utf8")).toBe(`${start}${history["loss"]?.[0]}\n`);
  });

  it.each(["epoch,loss,mae\n0,1,1\n", "epoch,los", "loss,epoch\n", "something else"])(
    "does not append to a file that holds other columns, %j",
    async (content) => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, "training.csv");
      await writeFile(path, content);
      using model = smallModel();
      const fit = model.fit(x, y, options([new CSVLogger(path, { append: true })]));
      await expect(fit).rejects.toThrow(
        `CSVLogger cannot append to ${JSON.stringify(path)}: it does not begin with "epoch,loss", as this run's lines need. ` +
          "Give it a file of its own, or leave append out.",
      );
      expect(await readFile(path, "utf8")).toBe(content);
    },
  );

  it.each([
    [
      "missing/training.csv",
      "there is no such folder. Make it first, or check the path, which starts from the folder that Node was started in.",
    ],
    ["folder", "it is a folder. Name a file in it."],
    ["file/training.csv", "a part of its path is a file, not a folder. Check the path."],
  ])("refuses %s before anything is trained", async (name, reason) => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, "folder"));
    await writeFile(join(folder.path, "file"), "");
    const path = join(folder.path, name);
    using model = smallModel();
    const before = await weightsOf(model);
    for (const append of [false, true]) {
      const error: unknown = await model.fit(x, y, options([new CSVLogger(path, { append })])).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(HyperparameterError);
      expect((error as Error).message).toBe(`CSVLogger cannot write ${JSON.stringify(path)}: ${reason}`);
      expect((error as Error).cause).toBeInstanceOf(Error);
    }
    expect(await weightsOf(model)).toEqual(before);
  });
});
