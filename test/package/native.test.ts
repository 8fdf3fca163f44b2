import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { thisMachine } from "../../src/native/machine.ts";
import { findTools } from "../../src/native/requirements.ts";
import { unpackWheel } from "../../src/native/unpack.ts";
import { run } from "../support/run.ts";
import { unbuiltProject, type UnbuiltProject } from "../support/unbuilt-project.ts";
import { elfNumbers, goodWheel, library, wheelName, writeWheel, type MadeUpWheel } from "../support/wheels.ts";

const machine = { ...thisMachine(), platform: "linux", glibc: "2.36" };
const { signal } = new AbortController();
const cc = "tensorflow/libtensorflow_cc.so.2";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-wheels-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const withFile = (name: string, content = library()) => ({ files: { ...goodWheel.files, [name]: content } });

const { [cc]: _library, ...withoutLibrary } = goodWheel.files;

/** What a wheel is refused for, beside those that only a real one could show. */
const refusals: readonly (readonly [string, Partial<MadeUpWheel>, string])[] = [
  [
    "an entry out of its folder",
    { ...withFile("../evil"), disguises: { "../evil": "aa/evil" } },
    "invalid relative path: ../evil",
  ],
  ["an absolute path", { ...withFile("/evil"), disguises: { "/evil": "aevil" } }, "absolute path: /evil"],
  ["a symbolic link", { modes: { [cc]: 0o120777 } }, `${cc} is a symbolic link`],
  ["a name for another platform", { fileName: wheelName("macosx_12_0_arm64") }, "is for macosx_12_0_arm64"],
  ["a name for a newer C library", { fileName: wheelName("manylinux_2_99_x86_64") }, "is for manylinux_2_99_x86_64"],
  ["a name that is no wheel's", { fileName: "tensorflow.zip" }, "got tensorflow.zip"],
  ["another package's name", { fileName: wheelName(undefined, "numpy") }, "names numpy"],
  ["another platform in its metadata", { wheel: "Tag: cp311-cp311-win_amd64\n" }, "WHEEL is for win_amd64"],
  ["another package in its metadata", { metadata: "Name: numpy\n" }, "METADATA names numpy"],
  ["a missing library", { files: withoutLibrary }, `it has no ${cc}`],
  ["another hash than RECORD's", { recorded: { [cc]: "sha256=AAAA,64" } }, `${cc} has the hash`],
  [
    "another size than RECORD's",
    { recorded: { [cc]: "sha256=AAAA,65" } },
    `${cc} has 64 bytes where its RECORD says 65`,
  ],
  ["a file that RECORD leaves out", { recorded: { [cc]: "," } }, `its RECORD does not list ${cc}`],
  ["a library for another processor", withFile(cc, library(elfNumbers.other)), `(ELF machine ${elfNumbers.other})`],
  ["a library that is none", withFile(cc, Buffer.alloc(64)), "is no 64-bit ELF library"],
];

describe("unpackWheel", () => {
  it("takes the libraries and the C headers, and nothing else", async () => {
    const target = join(folder, "good");
    const { files } = await unpackWheel(await writeWheel(folder, {}), target, { machine, signal });
    expect(files).toBe(3);
    expect((await readdir(join(target, "lib"))).toSorted()).toEqual([
      "libtensorflow_cc.so.2",
      "libtensorflow_framework.so.2",
    ]);
    expect(await readFile(join(target, "include/tensorflow/c/c_api.h"), "utf8")).toBe("#error made up\n");
    expect((await readdir(target)).toSorted()).toEqual(["include", "lib"]);
  });

  it.each(refusals)("refuses %s", async (_what, changes, reason) => {
    const wheel = await writeWheel(folder, changes);
    const unpacking = unpackWheel(wheel, join(folder, "bad"), { machine, signal });
    await expect(unpacking).rejects.toThrow(reason);
    await expect(unpacking).rejects.toMatchObject({ name: "NativeBuildError", step: "wheel" });
    await rm(join(folder, "bad"), { recursive: true, force: true });
  });

  it("refuses what is cut off, and what is no archive", async () => {
    const wheel = await writeWheel(folder, {});
    await truncate(wheel, 400);
    await expect(unpackWheel(wheel, folder, { machine, signal })).rejects.toThrow("does not open as a zip archive");
    await writeFile(wheel, "not a wheel");
    await expect(unpackWheel(wheel, folder, { machine, signal })).rejects.toThrow("does not open as a zip archive");
  });
});

describe("findTools", () => {
  it.each([
    ["macOS", { platform: "darwin", glibc: undefined }, "this is darwin"],
    ["another C library", { glibc: undefined }, "without glibc"],
    ["another processor", { arch: "riscv64" }, "riscv64"],
  ])("says what to use on %s", async (_what, differences, text) => {
    const finding = findTools({ ...machine, ...differences }, { pip: false, npm: false, signal });
    await expect(finding).rejects.toThrow(text);
    await expect(finding).rejects.toThrow("npm install @tensorflow/tfjs-node@4.22.0");
  });

  it("lists all that is missing in one error, with the packages that bring it", async () => {
    const elsewhere = { ...machine, env: { PATH: folder } };
    const finding = findTools(elsewhere, { pip: true, npm: true, signal });
    await expect(finding).rejects.toThrow(
      "rivulet native needs what is not here: a C++ compiler (g++, c++ or clang++), make, python3, pip (or --wheel), npm",
    );
    await expect(finding).rejects.toThrow("apt-get install g++ make python3 python3-pip npm.");
  });

  it("finds the compiler that is there, or the one that CXX names", async () => {
    const commands = join(folder, "commands");
    await mkdir(commands);
    // What stands there need only be executable; node itself is.
    for (const name of ["clang++", "make", "python3"]) await symlink(process.execPath, join(commands, name));
    const find = async (env: NodeJS.ProcessEnv) => {
      const tools = await findTools({ ...machine, env }, { pip: false, npm: false, signal });
      return tools.compiler;
    };
    const env = { PATH: commands, npm_config_node_gyp: process.execPath };
    expect(await find(env)).toBe("clang++");
    expect(await find({ ...env, CXX: `${process.execPath} -std=c++20` })).toBe(`${process.execPath} -std=c++20`);
    await expect(find({ ...env, CXX: "g++-99" })).rejects.toThrow("the C++ compiler that CXX names (g++-99)");
  });
});

describe("rivulet native, where nothing is built", () => {
  let project: UnbuiltProject;
  let before: readonly string[] = [];

  beforeAll(async () => {
    project = await unbuiltProject();
    before = await project.list();
  });

  afterAll(async () => {
    await project.remove();
  });

  const native = async (...options: readonly string[]) =>
    run(process.execPath, [project.command, "native", ...options], project.folder);

  it("has a help of 80 columns", async () => {
    const { code, output } = await native("--help");
    expect(output).toContain("npx rivulet native --wheel");
    expect(Math.max(...output.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(code).toBe(0);
  });

  it("ends with a line and exit code 2 for a wheel that does not exist", async () => {
    const { code, errors } = await native("--wheel", "absent.whl");
    expect(errors).toBe("error: option '--wheel <file>' argument 'absent.whl' is invalid. There is no such file.\n");
    expect(code).toBe(2);
    expect(await project.list()).toEqual(before);
  });

  it.each([
    ["that is damaged", { recorded: { [cc]: "sha256=AAAA,64" } }, "The wheel is damaged"],
    // The only failure that needs the compiler: everything up to it goes well.
    ["that does not compile", {}, /^The addon did not compile: .*#error made up/],
  ])("leaves all as it was after a wheel %s", async (_what, changes, reason) => {
    const wheel = await writeWheel(folder, changes);
    const content = await readFile(wheel);
    const { code, output, errors } = await native("--wheel", wheel);
    expect(errors).toMatch(reason);
    expect(errors.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
    expect(await project.list()).toEqual(before);
    expect(await readFile(wheel)).toEqual(content);
    expect(Math.max(...output.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("says what adds the sources where another package manager laid the project out", async () => {
    const { folder: user } = project;
    const binding = join(user, "node_modules/@tensorflow/tfjs-node");
    const manifest = await readFile(join(binding, "package.json"));
    await rm(join(binding, "package.json"));
    await writeFile(join(user, "pnpm-lock.yaml"), "");
    const { code, errors } = await native();
    await writeFile(join(binding, "package.json"), manifest);
    await rm(join(user, "pnpm-lock.yaml"));
    expect(errors).toContain("Add them first: pnpm add --ignore-scripts @tensorflow/tfjs-node@4.22.0\n");
    expect(code).toBe(1);
    expect(await project.list()).toEqual(before);
  });

  it("tidies up when it is interrupted, and ends by the signal", async () => {
    const wheel = await writeWheel(folder, {});
    const compiler = join(folder, "slow-compiler");
    await writeFile(compiler, `#!/bin/sh\ntouch ${compiler}-runs\nsleep 60\ntouch ${compiler}-ended\n`, {
      mode: 0o755,
    });
    const options = { cwd: project.folder, env: { ...process.env, CXX: compiler } };
    const child = spawn(process.execPath, [project.command, "native", "--wheel", wheel], options);
    await vi.waitUntil(() => existsSync(`${compiler}-runs`), 60_000);
    child.kill("SIGINT");
    const [, reason] = (await once(child, "exit")) as [number | null, string | null];
    expect(reason).toBe("SIGINT");
    expect(existsSync(`${compiler}-ended`), "whether the compiler was waited for").toBe(false);
    expect(await project.list()).toEqual(before);
  });
});

/** A user's program; it prints the last loss. */
const program = `
import { Sequential, useBackend } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
await useBackend("tensorflow");
const layers = [new Dense({ units: 4, activation: "sigmoid" }), new Dense({ units: 1 })];
const model = new Sequential(layers, { inputShape: [1], seed: 42 });
const x = Array.from({ length: 32 }, (_, index) => [index / 16 - 1]);
const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
const { history } = await model.fit(x, x, { loss: "meanSquaredError", optimizer, epochs: 20, verbose: 0 });
console.log(history.loss.at(-1));
`;

describe("rivulet native, where the binding is built", () => {
  it("says that there is nothing to do", async () => {
    const { code, output, errors } = await run(process.execPath, ["dist/src/cli/main.js", "native"]);
    expect(output).toBe("Nothing to do: the tensorflow backend runs, a small network trained on it.\n");
    expect(errors).toBe("");
    expect(code).toBe(0);
  });

  it.each(["20", "22", "24"])("trains under Node %s, to the same loss", async (version) => {
    const node = ["--yes", "--package", `node@${version}`, "--", "node", "--input-type=module", "--eval", program];
    const { code, output, errors } = await run("npx", node);
    expect(errors.split("\n").filter((line) => line !== "" && !line.startsWith("npm "))).toEqual([]);
    // What cpu comes to, read once there.
    expect(Number(output)).toBeCloseTo(0.2104047, 5);
    expect(code).toBe(0);
  });
});
