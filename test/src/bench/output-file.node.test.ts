import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whyUnwritable, writeText } from "../../../src/bench/output-file.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-output-file-"));
  await writeFile(join(folder, "there"), "as it was");
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("a file to write", () => {
  it("is looked at without leaving a trace", async () => {
    expect(whyUnwritable(join(folder, "new"))).toBeUndefined();
    expect(whyUnwritable(join(folder, "there"))).toBeUndefined();
    expect(await readdir(folder)).toEqual(["there"]);
    expect(await readFile(join(folder, "there"), "utf8")).toBe("as it was");
  });

  it.each([
    ["", "Name a file."],
    [".", "That is a folder. Name a file in it."],
    ["nowhere/file", "There is no such folder. Make it first, or check the path."],
    ["there/file", "A part of its path is a file, not a folder. Check the path."],
  ])("%o is refused", (path, message) => {
    expect(whyUnwritable(path === "" ? "" : join(folder, path))).toBe(message);
  });

  it("that cannot be written in the end says why", async () => {
    const path = join(folder, "nowhere", "file");
    await expect(writeText(path, "text")).rejects.toThrow(
      `Cannot write ${JSON.stringify(path)}. There is no such folder. Make it first, or check the path.`,
    );
  });
});
