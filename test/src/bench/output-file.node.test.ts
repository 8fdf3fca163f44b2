import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isReplaceable, whyUnwritable, writeText } from "../../../src/bench/output-file.ts";

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

  it("is written in one step, and keeps its rights, and a link that leads to it", async () => {
    const own = join(folder, "own");
    await mkdir(own);
    const [file, link] = [join(own, "file"), join(own, "link")];
    await writeFile(file, "old");
    await chmod(file, 0o662);
    await symlink(file, link);
    const before = await stat(file);
    await writeText(link, "new");
    expect(await readFile(file, "utf8")).toBe("new");
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    const after = await stat(file);
    expect(after.mode).toBe(before.mode);
    // Another file in its place: the old one was whole until then.
    expect(after.ino).not.toBe(before.ino);
    expect(await readdir(own)).toEqual(["file", "link"]);
  });

  it("that is no plain file is written as it is", async () => {
    expect(await isReplaceable("/dev/null")).toBe(false);
    expect(await isReplaceable(join(folder, "not there"))).toBe(true);
    await writeText("/dev/null", "text");
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });
});
