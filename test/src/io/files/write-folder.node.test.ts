import { chmod, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { disk } from "../../../../src/io/files/disk.ts";
import { writeFolder } from "../../../../src/io/files/write-folder.ts";
import { marked, markIn, temporaryFolder } from "../../../support/marked-folder.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

type Step = keyof typeof disk;

/** Has the steps that `fails` picks by their number end with an error before they have done anything. */
function failing(fails: (step: number, name: Step) => boolean, code = "EIO"): { readonly names: Step[] } {
  const names: Step[] = [];
  for (const name of Object.keys(disk) as Step[]) {
    const original = disk[name] as (...given: unknown[]) => Promise<unknown>;
    vi.spyOn(disk, name).mockImplementation((async (...given: unknown[]) => {
      names.push(name);
      if (fails(names.length - 1, name)) throw Object.assign(new Error(`${code}: ${name}`), { code });
      return original(...given);
    }) as never);
  }
  return { names };
}

/** The steps that a save takes, by name. */
async function stepsOf(before: "nothing" | "a model"): Promise<readonly Step[]> {
  await using place = await temporaryFolder();
  const folder = join(place.path, "above/model");
  if (before === "a model") await writeFolder(folder, marked(1));
  const { names } = failing(() => false);
  await writeFolder(folder, marked(2));
  vi.restoreAllMocks();
  return names;
}

/** The mark of a whole model in a folder; else what there is of it. */
async function stateOf(
  place: { list(): Promise<string[]> },
  folder: string,
): Promise<number | "nothing" | "its parent"> {
  const files = await place.list();
  if (files.includes("above/model")) return markIn(folder);
  return files.length === 0 ? "nothing" : "its parent";
}

/** The weights of a model that was saved into a folder where one was. */
const savedAgain = expect.stringMatching(/^model\/weights-[0-9a-f]{8}\.bin$/) as string;

describe("a folder that is not there", () => {
  it("is made with those above it, and holds two files that others may read", async () => {
    await using place = await temporaryFolder();
    const folder = join(place.path, "above/model");
    await writeFolder(folder, marked(1));
    expect(await markIn(folder)).toBe(1);
    expect(await place.list()).toEqual(["above", "above/model", "above/model/model.json", "above/model/weights.bin"]);
    const modes = await Promise.all([folder, join(folder, "model.json")].map(async (path) => (await stat(path)).mode));
    const mask = process.umask();
    expect(modes.map((mode) => mode & 0o777)).toEqual([0o777 & ~mask, 0o666 & ~mask]);
  });

  it("is not there, nor those above it, whichever step fails up to the last one", async () => {
    const steps = await stepsOf("nothing");
    const commit = steps.indexOf("rename");
    for (const [step, name] of steps.entries()) {
      await using place = await temporaryFolder();
      const folder = join(place.path, "above/model");
      failing((index) => index === step);
      const saving = writeFolder(folder, marked(2));
      const isRefused = step <= commit || name === "sync";
      await saving.then(
        () => expect([step, name, isRefused]).toEqual([step, name, false]),
        () => expect([step, name, isRefused]).toEqual([step, name, true]),
      );
      vi.restoreAllMocks();
      expect([step, name, await stateOf(place, folder)]).toEqual([step, name, step > commit ? 2 : "nothing"]);
    }
  });

  it("is whole or not there after a crash at any step", async () => {
    for (const [step] of (await stepsOf("nothing")).entries()) {
      await using place = await temporaryFolder();
      const folder = join(place.path, "above/model");
      failing((index) => index >= step);
      await writeFolder(folder, marked(2)).catch(() => {});
      vi.restoreAllMocks();
      expect([2, "nothing", "its parent"]).toContain(await stateOf(place, folder));
    }
  });
});

describe("a folder with a model", () => {
  it("holds the new one in two files, and keeps what else is in it", async () => {
    await using place = await temporaryFolder();
    await writeFolder(place.path, marked(0));
    await writeFile(join(place.path, "notes.bin"), "mine");
    for (const mark of [1, 2, 3]) {
      await writeFolder(place.path, marked(mark));
      expect(await markIn(place.path)).toBe(mark);
      expect(await place.list()).toEqual([
        "model.json",
        "notes.bin",
        expect.stringMatching(/^weights-[0-9a-f]{8}\.bin$/),
      ]);
    }
  });

  it("keeps the old one, and nothing of the new, whichever step fails before it is named", async () => {
    const steps = await stepsOf("a model");
    const commit = steps.lastIndexOf("rename");
    for (const [step, name] of steps.entries()) {
      await using place = await temporaryFolder();
      await writeFolder(place.path, marked(1));
      const before = await place.list();
      failing((index) => index === step);
      await writeFolder(place.path, marked(2)).catch(() => {});
      vi.restoreAllMocks();
      expect([step, name, await markIn(place.path)]).toEqual([step, name, step <= commit ? 1 : 2]);
      const files = await place.list();
      expect([step, name, step > commit || String(files)]).toEqual([step, name, step > commit || String(before)]);
    }
  });

  it("holds the old one or the new one whole after a crash at any step, and what is left goes with the next save", async () => {
    for (const [step] of (await stepsOf("a model")).entries()) {
      await using place = await temporaryFolder();
      const folder = join(place.path, "model");
      await writeFolder(folder, marked(1));
      failing((index) => index >= step);
      await writeFolder(folder, marked(2)).catch(() => {});
      vi.restoreAllMocks();
      expect([1, 2]).toContain(await markIn(folder));
      // The process that crashed is gone.
      vi.spyOn(process, "kill").mockImplementation(() => {
        throw Object.assign(new Error("kill ESRCH"), { code: "ESRCH" });
      });
      await writeFolder(folder, marked(3));
      vi.restoreAllMocks();
      expect(await markIn(folder)).toBe(3);
      expect([step, ...(await place.list())]).toEqual([step, "model", "model/model.json", savedAgain]);
    }
  });

  it("loses the weights that it replaced also while another save is at work", async () => {
    await using place = await temporaryFolder();
    const folder = join(place.path, "model");
    await writeFolder(folder, marked(1));
    await mkdir(join(folder, ".rivulet-saving-elsewhere-1-00000000"));
    await writeFolder(folder, marked(2));
    expect((await place.list()).filter((name) => name.endsWith(".bin"))).toEqual([savedAgain]);
    await writeFolder(folder, marked(3));
    expect((await place.list()).filter((name) => name.endsWith(".bin"))).toEqual([savedAgain]);
  });

  it("takes saves that come at once, one after the other or not: one of them is there, whole, and nothing else", async () => {
    await using place = await temporaryFolder();
    for (const folder of [place.path, join(place.path, "new/model")]) {
      const marks = [1, 2, 3, 4, 5, 6, 7, 8];
      await Promise.all(marks.map(async (mark) => writeFolder(folder, marked(mark, 10 * mark))));
      expect(marks).toContain(await markIn(folder));
    }
    const files = (await place.list()).filter((name) => name.includes("."));
    expect(files).toHaveLength(4);
  });

  it("is read whole while it is saved again and again", async () => {
    await using place = await temporaryFolder();
    await writeFolder(place.path, marked(0));
    const saves = { done: 0 };
    const saving = (async () => {
      for (const mark of Array(60).keys()) {
        await writeFolder(place.path, marked(mark, 5000));
        saves.done++;
      }
    })();
    const seen = new Set<number>();
    while (saves.done < 60) seen.add(await markIn(place.path));
    await saving;
    expect(seen.size).toBeGreaterThan(2);
  });

  it("may be a link to one, and may have been written by tfjs-node", async () => {
    await using place = await temporaryFolder();
    const folder = join(place.path, "model");
    await mkdir(folder);
    await symlink(folder, join(place.path, "link"));
    await writeFile(join(folder, "model.json"), marked(0).json("weights.bin"));
    await writeFile(join(folder, "weights.bin"), marked(0).weights);
    await writeFolder(join(place.path, "link"), marked(1));
    expect(await markIn(folder)).toBe(1);
    expect((await place.list()).filter((name) => name.startsWith("model/"))).toHaveLength(2);
  });

  it("keeps weights that its model.json names and rivulet does not write, and those beside a broken one", async () => {
    await using place = await temporaryFolder();
    for (const json of ['{"weightsManifest":[{"paths":["precious.bin","../up.bin",3],"weights":[]},7]}', "{"]) {
      await writeFile(join(place.path, "model.json"), json);
      await writeFile(join(place.path, "precious.bin"), "mine");
      await writeFile(join(place.path, "weights.bin"), "mine too");
      await writeFolder(place.path, marked(1));
      expect(await readFile(join(place.path, "precious.bin"), "utf8")).toBe("mine");
      expect(await readFile(join(place.path, "weights.bin"), "utf8")).toBe("mine too");
    }
  });

  it("leaves another save's files alone, and those of a machine that shares the disk", async () => {
    await using place = await temporaryFolder();
    const others = [`.rivulet-saving-elsewhere-1-00000000`, `.rivulet-saving-x-1-1`];
    for (const name of others) await mkdir(join(place.path, name));
    await writeFile(join(place.path, "weights-00000000.bin"), "not named yet");
    await writeFolder(place.path, marked(1));
    expect(await place.list()).toEqual(expect.arrayContaining([...others, "weights-00000000.bin"]));
  });

  it("is no file", async () => {
    await using place = await temporaryFolder();
    const path = join(place.path, "model");
    await writeFile(path, "mine");
    await chmod(path, 0o600);
    await expect(writeFolder(path, marked(1))).rejects.toThrow("it is a file, not a folder");
    expect(await readFile(path, "utf8")).toBe("mine");
  });
});
